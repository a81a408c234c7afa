package dev.modelsecrets.spark;

import dev.modelsecrets.SecretProvider;
import java.util.Map;

/**
 * Makes a provider of your own on each executor, from a class name in {@code spark.modelsecrets.sources}.
 *
 * <p>The class is public, with a public constructor without parameters, and on the class path of the executors; for a
 * preflight also of the driver. One provider is made for each JVM, before its first task.
 *
 * <pre>{@code
 * public final class TeamVault implements SecretSource {
 *     public SecretProvider open(Map<String, String> options) {
 *         return new TeamVaultProvider(URI.create(options.get("address"))); // spark.modelsecrets.option.address
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface SecretSource {

    /**
     * Makes the provider; it should not contact its backend yet.
     *
     * @param options the properties {@code spark.modelsecrets.option.*}, without that prefix. They are places, not
     *     secrets: Spark ships and logs them
     * @return the provider; closed when the executor ends
     */
    SecretProvider open(Map<String, String> options);
}
