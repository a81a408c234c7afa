package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The command: serves a store, and gives out and revokes the tokens that the server asks for. */
public final class Main {

    private static final String USAGE = """
            usage: secrets-api serve <directory> [options]
                   secrets-api token <directory> <name> read|write|administer
                   secrets-api revoke <directory> <name>

            serve keeps a store of its own in the directory, which it makes if it is missing.
              --port <port>            8080 by default
              --host <address>         where to listen; this machine only by default
              --key <file>             the key file of the store; <directory>/store.key by default
              --tls <file>             a PKCS#12 file with the certificate and its key: serve HTTPS
              --tls-password <file>    a file with the password of the PKCS#12 file
              --behind-proxy           listen beyond this machine without TLS, as a proxy speaks it
            token prints a new token once. revoke takes it away, also from a running server.""";

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private Main() {}

    /**
     * Runs the command. A server runs until it is stopped.
     *
     * @param arguments see {@code README.md}; without any, the usage is printed
     */
    public static void main(String[] arguments) {
        int status = run(System.out, System.err, arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Runs the command with other streams and without ending the process. A server runs on after the return.
     *
     * @param out where answers go
     * @param err where errors go
     * @param arguments see {@code README.md}
     * @return 0 if it was done, 1 if something failed, 2 if the arguments cannot be understood
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            return run(out, Arguments.parse(arguments));
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (FileSystemException e) {
            err.println(words(e));
            return 1;
        } catch (SecretsException | IOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    /** The JDK says in the class of such an exception what its message lacks. */
    private static String words(FileSystemException e) {
        String reason = e.getReason();
        if (e instanceof NoSuchFileException) {
            reason = "there is no such file or directory";
        } else if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (e instanceof FileAlreadyExistsException) {
            reason = "exists already, and is not what is needed there";
        }
        return e.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
    }

    private static int run(PrintStream out, Arguments arguments) throws IOException, UsageException {
        int words = arguments.words().size();
        String command = words == 0 ? "" : arguments.words().get(0);
        if (command.equals("serve") && words == 2) {
            serve(out, arguments);
            return 0;
        }
        if (command.equals("token") && words == 4) {
            Role role = Role.of(arguments.words().get(3))
                    .orElseThrow(() -> new UsageException("a role is read, write or administer"));
            String name = arguments.words().get(2);
            out.println(tokens(arguments.directory())
                    .add(name, role)
                    .orElseThrow(() -> new UsageException("there is a token for that name; revoke it first")));
            return 0;
        }
        if (command.equals("revoke") && words == 3) {
            if (!tokens(arguments.directory()).remove(arguments.words().get(2))) {
                throw new UsageException("there is no token for that name");
            }
            return 0;
        }
        throw new UsageException(words == 0 ? "a command is needed" : "there is no such command, or not with that");
    }

    private static void serve(PrintStream out, Arguments arguments) throws IOException, UsageException {
        Path directory = arguments.directory();
        InetSocketAddress address = arguments.address();
        Optional<SslContextFactory.Server> tls = tls(arguments);
        PrivateFiles.createDirectory(directory);
        EncryptedSecretStore store = store(directory, arguments.file("--key").orElse(directory.resolve("store.key")));
        Tokens tokens = tokens(directory);
        if (!Files.exists(directory.resolve("tokens"))) {
            Path first = directory.resolve("admin-token");
            PrivateFiles.write(first, tokens.add("admin", Role.ADMINISTER).orElseThrow() + "\n");
            out.println("the first token, which may administer, is in " + first);
        }
        SecretsServer server = SecretsServer.start(store, tokens, address, tls, Limits.DEFAULT);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        out.println("listening on " + (tls.isPresent() ? "https" : "http") + "://" + host(address) + ":" + server.port()
                + "/");
    }

    private static String host(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static Tokens tokens(Path directory) {
        return new Tokens(directory.resolve("tokens"));
    }

    /** Opens the store of a directory, or makes one. */
    private static EncryptedSecretStore store(Path directory, Path keyFile) {
        Path file = directory.resolve("secrets.json");
        StoreKeyFile key =
                Files.exists(keyFile) || Files.exists(file) ? StoreKeyFile.at(keyFile) : StoreKeyFile.create(keyFile);
        EncryptedSecretStore.Builder builder = EncryptedSecretStore.builder(file, key)
                .auditLog(directory.resolve("audit.jsonl"))
                .principal("secrets-api")
                .lockTimeout(LOCK_TIMEOUT);
        EncryptedSecretStore store = Files.exists(file) ? builder.open() : builder.create();
        store.list(); // A wrong key shows now, not at the first request.
        return store;
    }

    private static Optional<SslContextFactory.Server> tls(Arguments arguments) throws IOException, UsageException {
        Optional<Path> file = arguments.file("--tls");
        Optional<Path> password = arguments.file("--tls-password");
        if (file.isPresent() != password.isPresent()) {
            throw new UsageException("--tls and --tls-password belong together");
        }
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = Files.readString(password.get()).strip();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(certificate(file.get(), text));
        tls.setKeyStorePassword(text);
        return Optional.of(tls);
    }

    private static KeyStore certificate(Path file, String password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + " cannot be used for TLS: it is no PKCS#12 file, or has another password");
        }
    }
}
