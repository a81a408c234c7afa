package dev.modelsecrets.spark;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs on an executor: resolves once before the first task, and refreshes until the executor ends. */
final class ExecutorSide implements ExecutorPlugin {

    private static final Logger LOG = LoggerFactory.getLogger("dev.modelsecrets");

    private volatile @Nullable ExecutorSecrets secrets;

    /**
     * Resolves the secrets; where that fails, Spark ends this executor and starts another one.
     *
     * @throws dev.modelsecrets.SecretsException if a secret has no value
     */
    @Override
    public void init(PluginContext context, Map<String, String> fromDriver) {
        Settings settings = Settings.of(fromDriver);
        SecretProvider driver = new HandOverProvider(context::ask);
        List<SecretProvider> sources = new Sources(settings, System.getenv(), driver).open(settings.sources());
        SecretsResolver resolver = SecretsResolver.builder().providers(sources).build();
        RefreshingSecrets refreshing;
        try {
            refreshing = new FirstLook(settings.startTimeout())
                    .run(() -> resolver.refreshing(settings.declarations(), pause(settings)));
        } catch (Throwable failure) {
            resolver.close();
            throw failure;
        }
        Runnable logRedaction = LogRedaction.install(refreshing.redactor());
        secrets = ExecutorSecrets.install(new ExecutorSecrets(refreshing, () -> {
            refreshing.close();
            resolver.close();
            logRedaction.run();
        }));
        LOG.info("Executor {} resolved {} from {}.", context.executorID(), refreshing, settings.sources());
    }

    /**
     * Returns a pause that is not longer than the interval with its jitter of a tenth, the driver's own pause included.
     */
    private static Duration pause(Settings settings) {
        Duration tenth = settings.interval().dividedBy(10);
        return tenth.multipliedBy(settings.handsOver() ? 5 : 9);
    }

    @Override
    public void shutdown() {
        ExecutorSecrets open = secrets;
        secrets = null;
        if (open != null) {
            open.close();
        }
    }
}
