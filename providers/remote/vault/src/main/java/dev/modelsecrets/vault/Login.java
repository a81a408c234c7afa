package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.TokenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A way to log in that gives a token. Thread-safe; prints nothing secret. */
interface Login {

    /** The result of a login. A class and not a record, whose generated {@code toString} would show the token. */
    final class Token {

        final transient String value;
        final long leaseSeconds;
        final boolean renewable;
        final long uses;

        /**
         * Takes a token that lives so long, or for ever if that is zero, for so many requests, or any if that is zero.
         */
        Token(String value, long leaseSeconds, boolean renewable, long uses) {
            this.value = value;
            this.leaseSeconds = leaseSeconds;
            this.renewable = renewable;
            this.uses = uses;
        }

        static Token of(VaultReply reply) {
            return new Token(
                    reply.value("auth", "client_token").orElse(""),
                    reply.number("auth", "lease_duration"),
                    reply.isTrue("auth", "renewable"),
                    reply.number("auth", "num_uses"));
        }
    }

    /** An answer of Vault that has no token. */
    final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        final transient VaultError error;

        RefusedException(VaultError error) {
            super(null, null, false, false);
            this.error = error;
        }
    }

    /**
     * Gets a token.
     *
     * @throws RefusedException if Vault refuses
     * @throws IOException if Vault gives no answer
     * @throws NoTokenException if Vault need not even be asked
     */
    Token token(VaultConnection vault, Deadline attempt)
            throws RefusedException, NoTokenException, IOException, InterruptedException;

    /** Tells whether a token is out of date although Vault may still take it. */
    default boolean isOutdated(String token) throws NoTokenException {
        return false;
    }

    /** Says what Vault may reject, and what to check then. */
    String words();

    /** A token that somebody gave. */
    static Login token(String token) {
        return new Login() {
            @Override
            public Token token(VaultConnection vault, Deadline attempt)
                    throws RefusedException, IOException, InterruptedException {
                VaultReply reply = vault.get("auth/token/lookup-self", token, attempt);
                if (reply.status() == 200 && reply.isJson()) {
                    boolean renewable = reply.isTrue("data", "renewable") && reply.number("data", "num_uses") == 0;
                    return new Token(token, renewable ? reply.number("data", "ttl") : 0, renewable, 0);
                }
                if (reply.status() == 403 && reply.isJson()) {
                    return new Token(token, 0, false, 0); // it is bad, or it may only not look itself up
                }
                throw new RefusedException(reply.error());
            }

            @Override
            public String words() {
                return "the token: it has expired, was revoked, or belongs to another Vault; give a new one";
            }
        };
    }

    /** A token in a file, which somebody else keeps valid. */
    static Login tokenFile(Path file) {
        return new Login() {
            @Override
            public Token token(VaultConnection vault, Deadline attempt) throws NoTokenException {
                return new Token(read("the token file", file), 0, false, 0);
            }

            @Override
            public boolean isOutdated(String token) throws NoTokenException {
                return !read("the token file", file).equals(token);
            }

            @Override
            public String words() {
                return "the token in " + file
                        + ": it has expired, was revoked, or belongs to another Vault; put a new one there";
            }
        };
    }

    /** An AppRole. */
    static Login appRole(String mount, String roleId, String secretId) {
        return new Login() {
            @Override
            public Token token(VaultConnection vault, Deadline attempt)
                    throws RefusedException, IOException, InterruptedException {
                return logIn(vault, mount, Map.of("role_id", roleId, "secret_id", secretId), attempt);
            }

            @Override
            public String words() {
                return "the login by AppRole at auth/" + mount + ": check the role id and the secret id";
            }
        };
    }

    /** The service account of a pod. */
    static Login kubernetes(String mount, String role, Path serviceAccountToken) {
        return new Login() {
            @Override
            public Token token(VaultConnection vault, Deadline attempt)
                    throws RefusedException, NoTokenException, IOException, InterruptedException {
                String jwt = read("the service account token", serviceAccountToken);
                return logIn(vault, mount, Map.of("role", role, "jwt", jwt), attempt);
            }

            @Override
            public String words() {
                return "the login by Kubernetes at auth/" + mount + ": check the role " + role
                        + ", and the service account and namespace that it is bound to";
            }
        };
    }

    private static Token logIn(VaultConnection vault, String mount, Map<String, String> body, Deadline attempt)
            throws RefusedException, IOException, InterruptedException {
        VaultReply reply = vault.put("auth/" + VaultNames.encoded(mount) + "/login", body, "", attempt);
        if (reply.status() != 200 || !reply.isJson()) {
            throw new RefusedException(reply.error());
        }
        return Token.of(reply);
    }

    private static String read(String what, Path file) throws NoTokenException {
        try {
            return TokenFile.read(what, file);
        } catch (IOException e) {
            throw new NoTokenException(String.valueOf(e.getMessage()));
        }
    }
}
