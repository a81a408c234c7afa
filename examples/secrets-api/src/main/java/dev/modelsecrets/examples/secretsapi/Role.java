package dev.modelsecrets.examples.secretsapi;

import java.util.Locale;
import java.util.Optional;

/** What the holder of a token may do; each role may do what those before it may. */
enum Role {

    /** See names, keys, versions, attachments; no role ever sees a value. */
    READ,

    /** Create, change, undo, delete, attach and detach secrets. */
    WRITE,

    /** Delete secrets that deployments use, and verify the audit log. */
    ADMINISTER;

    static Optional<Role> of(String id) {
        for (Role role : values()) {
            if (role.id().equals(id)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
