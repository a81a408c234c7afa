package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.standard.StandardProviders;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StorePassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts the server: {@code Main <store file> <password file> [port]}.
 *
 * <p>The bearer token is itself a declared secret, {@code secrets_api_token}: a variable {@code
 * TRUSS_SECRET_secrets_api_token}, a mounted file, or wherever else the standard chain finds it.
 */
public final class Main {

    private Main() {}

    /**
     * Runs until it is stopped.
     *
     * @param arguments the file of the store, which is created if it is missing; the file with its password; the port,
     *     8080 by default, on the loopback address
     * @throws IOException if the port cannot be listened on
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        StorePassword password = StorePassword.fromFile(Path.of(arguments[1]));
        int port = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8080;
        Secrets secrets = StandardProviders.resolver().resolve("secrets_api_token");
        EncryptedSecretStore store = Files.exists(file)
                ? EncryptedSecretStore.open(file, password)
                : EncryptedSecretStore.create(file, password);
        store.list(); // A wrong password shows now, not at the first request.

        // Seconds that a request may take to arrive: the server of the JDK has no limit of its own.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        SecretsApi.start(
                store,
                secrets.require("secrets_api_token"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
