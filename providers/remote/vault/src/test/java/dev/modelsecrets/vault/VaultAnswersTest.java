package dev.modelsecrets.vault;

/** Against a Vault on loopback. */
class VaultAnswersTest extends VaultAnswers {

    private VaultServer server;

    @Override
    VaultAdmin connect() throws Exception {
        server = new VaultServer();
        return new VaultAdmin(server.address(), VaultServer.ROOT);
    }

    @Override
    String rootToken() {
        return VaultServer.ROOT;
    }

    @Override
    void cleanUp() throws Exception {
        super.cleanUp();
        server.close();
    }
}
