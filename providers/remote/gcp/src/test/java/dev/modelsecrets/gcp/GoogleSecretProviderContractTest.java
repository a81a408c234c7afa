package dev.modelsecrets.gcp;

import java.io.IOException;

/** The contract of all providers, with the server in memory. */
class GoogleSecretProviderContractTest extends SecretManagerContract {

    private SecretManagerServer server;

    @Override
    String address() throws IOException {
        if (server == null) {
            server = new SecretManagerServer();
        }
        return server.address();
    }

    @Override
    public void deny(String name) {
        server.service.denied.add(secret(name));
    }

    @Override
    void stop() {
        if (server != null) {
            server.close();
        }
    }
}
