package dev.modelsecrets.platforms;

import dev.modelsecrets.Secrets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A platform that runs models and keeps their secrets: what it holds, what a push would change, and the push.
 *
 * <pre>{@code
 * Secrets secrets = StandardProviders.resolver().resolve("hf_access_token", "s3_secret_key");
 * try (SecretPlatform platform = BasetenPlatform.builder(Secret.of(apiKey)).build()) {
 *     PushPlan plan = platform.plan(secrets);
 *     System.out.println(plan); // names and what would happen, never a value
 *     PushReport report = platform.push(plan);
 *     if (!report.isComplete()) {
 *         report = platform.push(platform.plan(report.remaining()));
 *     }
 * }
 * }</pre>
 *
 * <p>No platform gives a value back, so that a plan compares names and settings only and says where a value's sameness
 * is unknown. Nothing is contacted before the first call. Implementations are thread-safe and print no value and no
 * token. The interface is sealed, so that it may grow.
 */
public sealed interface SecretPlatform extends AutoCloseable permits HttpPlatform {

    /** What only some platforms can hold. */
    enum Capability {

        /** A secret may have several keys; without it a secret is one value. */
        KEYS,

        /** A secret may be the login to a container registry. */
        CONTAINER_REGISTRY
    }

    /**
     * Returns the platform's name for people, such as {@code Baseten}.
     *
     * @return the name, which also begins the messages of exceptions
     */
    String name();

    /**
     * Tells what this platform can hold beside one value under one name.
     *
     * @return an immutable set
     */
    Set<Capability> capabilities();

    /**
     * Lists the secrets on the platform, without their values.
     *
     * @return an immutable list, in the platform's order
     * @throws SecretPlatformException if the platform cannot be reached, or refuses
     */
    List<PlatformSecret> list();

    /**
     * Looks for one secret on the platform, where a push would write it.
     *
     * @param name the secret's name
     * @return what the platform says of it, or empty if it has no such secret
     * @throws SecretPlatformException if the platform cannot be reached, or refuses
     */
    Optional<PlatformSecret> find(String name);

    /**
     * Works out what a push of these secrets would do, and changes nothing.
     *
     * @param wanted what the platform is to hold
     * @return an item for each of them, in order
     * @throws IllegalArgumentException if a name is there twice
     * @throws SecretPlatformException if the platform cannot be reached, or refuses to list its secrets
     */
    PushPlan plan(Collection<WantedSecret> wanted);

    /**
     * Works out what a push would do, each secret for itself under its own name.
     *
     * @param secrets the resolved secrets; leave out fallbacks with {@code allowDefaults(false)} of the resolver
     * @return an item for each of them, in order
     * @throws SecretPlatformException if the platform cannot be reached, or refuses to list its secrets
     */
    default PushPlan plan(Secrets secrets) {
        return plan(WantedSecret.each(secrets));
    }

    /**
     * Carries a plan out, item by item; an item that fails does not keep the others from being written.
     *
     * <p>The platform is looked at once more: an item for which the plan is not true any longer is not sent, nor is one
     * in conflict. After a failure that concerns all, such as a token that is not accepted, the rest is not sent.
     * Nothing is rolled back: plan {@link PushReport#remaining()} again to go on.
     *
     * @param plan a plan of this platform
     * @return what became of each item
     * @throws IllegalArgumentException if the plan was made by another platform
     * @throws SecretPlatformException if the platform cannot be reached, or refuses to list its secrets
     */
    PushReport push(PushPlan plan);

    /**
     * Deletes a secret.
     *
     * @param name the secret's name
     * @throws SecretPlatformException if there is no such secret, or the platform cannot be reached, or refuses
     */
    void delete(String name);

    /** Lets go of the connections to the platform. */
    @Override
    void close();
}
