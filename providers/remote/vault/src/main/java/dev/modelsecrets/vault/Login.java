package dev.modelsecrets.vault;

import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a token is had. Thread-safe; prints nothing secret. */
interface Login {

    /** What a login came to. A class, so that no generated method shows the token. */
    final class Token {

        final String value;
        final long leaseSeconds;
        final boolean renewable;

        /** Takes a token that lives so long, or for ever if that is zero. */
        Token(String value, long leaseSeconds, boolean renewable) {
            this.value = value;
            this.leaseSeconds = leaseSeconds;
            this.renewable = renewable;
        }

        static Token of(AuthResponse answer) {
            String token = answer.getAuthClientToken();
            return new Token(token == null ? "" : token, answer.getAuthLeaseDuration(), answer.isAuthRenewable());
        }
    }

    /**
     * Gets a token; one that is empty means that Vault gave none.
     *
     * @throws VaultException if Vault refuses, or cannot be reached
     * @throws Refused if Vault need not even be asked
     */
    Token token(Drivers drivers) throws VaultException, Refused;

    /** Tells whether a token is out of date although Vault may still take it. */
    default boolean isOutdated(String token) throws Refused {
        return false;
    }

    /** Says what Vault may refuse, and what to check then. */
    String words();

    /** A token that somebody gave. */
    static Login token(String token) {
        return new Login() {
            @Override
            public Token token(Drivers drivers) throws VaultException, Refused {
                try {
                    LookupResponse found = drivers.auth(token).lookupSelf();
                    return new Token(token, found.isRenewable() ? found.getTTL() : 0, found.isRenewable());
                } catch (VaultException e) {
                    if (e.getHttpStatusCode() == 403) {
                        return new Token(token, 0, false); // it is bad, or it may only not look itself up
                    }
                    throw e;
                }
            }

            @Override
            public String words() {
                return "the token: it has expired, was revoked, or is of another Vault; give a new one";
            }
        };
    }

    /** The token that a given client has. */
    static Login client() {
        return new Login() {
            @Override
            public Token token(Drivers drivers) {
                return new Token("of the client", 0, false);
            }

            @Override
            public String words() {
                return "the token of its client: it has expired, was revoked, or is of another Vault";
            }
        };
    }

    /** A token in a file, which somebody else keeps valid. */
    static Login tokenFile(Path file) {
        return new Login() {
            @Override
            public Token token(Drivers drivers) throws Refused {
                return new Token(read("the token file ", file), 0, false);
            }

            @Override
            public boolean isOutdated(String token) throws Refused {
                return !read("the token file ", file).equals(token);
            }

            @Override
            public String words() {
                return "the token in " + file
                        + ": it has expired, was revoked, or is of another Vault; put a new one there";
            }
        };
    }

    /** An AppRole. */
    static Login appRole(String mount, String roleId, String secretId) {
        return new Login() {
            @Override
            public Token token(Drivers drivers) throws VaultException, Refused {
                return Token.of(drivers.auth("").loginByAppRole(mount, roleId, secretId));
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
            public Token token(Drivers drivers) throws VaultException, Refused {
                String jwt = read("the service account token ", serviceAccountToken);
                return Token.of(drivers.auth("").loginByKubernetes(role, jwt, "auth/" + mount));
            }

            @Override
            public String words() {
                return "the login by Kubernetes at auth/" + mount + ": check the role " + role
                        + ", and the service account and namespace that it is bound to";
            }
        };
    }

    private static String read(String what, Path file) throws Refused {
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new Refused(what + file + (Files.exists(file) ? " cannot be read" : " does not exist"));
        }
        if (text.isEmpty()) {
            throw new Refused(what + file + " is blank");
        }
        return text;
    }
}
