package dev.modelsecrets.aws;

import java.io.IOException;
import java.util.OptionalLong;

/** The contract, against a server in this process. */
class AwsSecretProviderContractTest extends AwsContract {

    AwsSecretProviderContractTest() throws IOException {
        super(AwsServer.inProcess());
    }

    @Override
    public void deny(String name) {
        server().fake.refused.put("models/" + name, "AccessDeniedException");
    }

    @Override
    public OptionalLong roundTrips() {
        return OptionalLong.of(server().readTargets().size());
    }
}
