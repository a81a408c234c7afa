package dev.modelsecrets.examples.clients;

import ai.djl.MalformedModelException;
import ai.djl.engine.rpc.RpcTranslatorFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;

/** DJL takes the key of a remote model as an argument when the model is loaded. */
final class DjlClient {

    private DjlClient() {}

    static RebuiltClient<ZooModel<String, String>> create(RefreshingSecrets secrets, String server) {
        return new RebuiltClient<>(secrets, newest -> load(newest, server), ZooModel::close);
    }

    private static ZooModel<String, String> load(Secrets secrets, String server) {
        try {
            return Criteria.builder()
                    .setTypes(String.class, String.class)
                    .optEngine("RPC")
                    .optModelUrls(server + "/predictions/demo")
                    .optTranslatorFactory(new RpcTranslatorFactory())
                    .optArgument("djl_rpc_uri", server + "/predictions/demo")
                    .optArgument("api_key", secrets.require("djl_api_key"))
                    .build()
                    .loadModel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ModelNotFoundException | MalformedModelException e) {
            throw new IllegalStateException(e);
        }
    }
}
