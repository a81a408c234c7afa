/**
 * The four providers of the default chain, and the {@code secrets:} section of {@code config.yaml}.
 *
 * <p>Start at {@link dev.modelsecrets.standard.StandardProviders}.
 */
module dev.modelsecrets.standard {
    requires transitive dev.modelsecrets.core;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires static org.jspecify;

    exports dev.modelsecrets.standard;
}
