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
    String plainMount(String value) throws Exception {
        admin.call("POST", "kv1/llm", "{\"hf_token\":\"" + value + "\"}");
        return "kv1";
    }

    @Override
    String[] appRole() {
        server.loginPolicy = admin.id;
        return new String[] {"approle", "test-role", "test-secret-id"};
    }

    @Override
    void cleanUp() throws Exception {
        super.cleanUp();
        server.close();
    }
}
