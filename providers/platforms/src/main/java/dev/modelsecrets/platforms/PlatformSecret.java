package dev.modelsecrets.platforms;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a platform says of a secret that it holds: everything but the value, which no platform gives back.
 *
 * @param name the secret's name
 * @param scope the team, cluster or namespace it belongs to; empty if the platform names none
 * @param keys the names of its keys, in order; empty where a secret is one value
 * @param details what else the platform tells, for people: when it was created, how it is mounted
 */
public record PlatformSecret(String name, String scope, Set<String> keys, List<String> details) {

    /** Copies the collections. */
    public PlatformSecret {
        keys = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
        details = List.copyOf(details);
    }
}
