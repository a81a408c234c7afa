package dev.modelsecrets.examples.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The two services that the models call; they know the credentials they gave out, as real ones do. */
final class Services {

    private Services() {}

    static ProtectedServer start() throws IOException {
        ProtectedServer server = ProtectedServer.start();
        server.answer("/fill-mask", "Bearer test-token-1", "capital");
        String pair = "test-keyid-1:test-private-1";
        String credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        server.answer("/test-north-1/test-photos-1/", "Basic " + credentials, "stored");
        return server;
    }
}
