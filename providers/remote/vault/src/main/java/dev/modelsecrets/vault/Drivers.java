package dev.modelsecrets.vault;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.api.Logical;

/** Gives the two parts of the driver that are needed, each with a token. Thread-safe. */
interface Drivers {

    /** Returns what reads secrets with a token. */
    Logical logical(String token) throws Refused;

    /** Returns what logs in, and renews and looks up a token; it sends none if that is empty. */
    Auth auth(String token) throws Refused;

    /** Closes what was made here. Idempotent. */
    void close();

    /** Takes a driver of somebody else's, which has its own token and stays open. */
    static Drivers given(Vault vault) {
        return new Drivers() {
            @Override
            public Logical logical(String token) {
                return vault.logical();
            }

            @Override
            public Auth auth(String token) {
                return vault.auth();
            }

            @Override
            public void close() {}
        };
    }
}
