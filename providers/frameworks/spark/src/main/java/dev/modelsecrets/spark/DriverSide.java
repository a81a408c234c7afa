package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;

/** What runs on the driver: checks the settings, resolves for a preflight, hands over where it is told to. */
final class DriverSide implements DriverPlugin {

    private volatile @Nullable HandOver handOver;
    private volatile Runnable logRedaction = () -> {};

    /** Returns names and places for the executors, never values. */
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
        Settings settings = Settings.of(context.conf());
        try {
            look(context, settings);
        } catch (Throwable failure) {
            // Spark does not shut down what did not start.
            shutdown();
            throw failure;
        }
        return settings.toMap();
    }

    private void look(SparkContext context, Settings settings) {
        if (settings.handsOver()) {
            HandOver.requireSafeChannel(context.conf(), context.isLocal());
            // With the executors' half of the interval this stays below the whole, jitter included.
            Duration pause = settings.interval().dividedBy(10).multipliedBy(3);
            HandOver started = new HandOver(resolver(settings), settings.declarations(), pause);
            handOver = started;
            redact(context, started.redactor());
        } else if (settings.preflight()) {
            try (SecretsResolver resolver = resolver(settings)) {
                Secrets resolved = resolver.resolve(settings.declarations());
                redact(context, resolved.redactor());
            }
        }
    }

    private static SecretsResolver resolver(Settings settings) {
        List<String> sources = settings.driverSources();
        return SecretsResolver.builder()
                .providers(new Sources(settings, System.getenv(), null).open(sources))
                .build();
    }

    private void redact(SparkContext context, Redactor redactor) {
        logRedaction = LogRedaction.install(redactor);
        VisibleProperties.hide(context.conf(), System.getProperties(), redactor);
    }

    @Override
    public Object receive(Object message) {
        HandOver open = handOver;
        if (open == null) {
            throw new IllegalStateException("this driver hands no secrets over");
        }
        return open.answer(message);
    }

    @Override
    public void shutdown() {
        HandOver open = handOver;
        handOver = null;
        if (open != null) {
            open.close();
        }
        logRedaction.run();
    }
}
