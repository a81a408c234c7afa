package dev.modelsecrets.store;

import java.util.Set;

/**
 * What somebody is about to do, for the audit log.
 *
 * @param verb what is done
 * @param deployment the deployment that it is done for; empty if there is none
 * @param secret the secret that it is done to; empty if there is none
 * @param keys the keys that are given
 */
record AuditEvent(String verb, String deployment, String secret, Set<String> keys) {

    static AuditEvent of(String verb, String secret, Set<String> keys) {
        return new AuditEvent(verb, "", secret, keys);
    }
}
