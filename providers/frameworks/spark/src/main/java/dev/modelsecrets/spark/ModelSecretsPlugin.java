package dev.modelsecrets.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The Spark plugin: the driver ships names and where to look, and each executor resolves the secrets for itself.
 *
 * <p>Spark makes it from the property {@code spark.plugins}; the settings are properties that begin with {@code
 * spark.modelsecrets.}.
 *
 * <pre>{@code
 * SparkConf conf = new SparkConf()
 *         .set("spark.plugins", "dev.modelsecrets.spark.ModelSecretsPlugin")
 *         .set("spark.modelsecrets.names", "hf_access_token")
 *         .set("spark.modelsecrets.sources", "mounted");
 * }</pre>
 *
 * @see ModelSecrets#get()
 */
public final class ModelSecretsPlugin implements SparkPlugin {

    /** Creates the plugin; Spark calls it. */
    public ModelSecretsPlugin() {}

    /** Returns the part that checks the settings at the start, and hands secrets over where it is told to. */
    @Override
    public DriverPlugin driverPlugin() {
        return new DriverSide();
    }

    /** Returns the part that resolves the secrets on an executor and keeps them fresh. */
    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorSide();
    }
}
