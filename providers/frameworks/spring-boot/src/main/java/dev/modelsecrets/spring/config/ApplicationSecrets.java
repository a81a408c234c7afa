package dev.modelsecrets.spring.config;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.ClassUtils;

/**
 * The secrets of one application: those that {@code spring.config.import=secrets:} resolved, and those that beans
 * declare.
 *
 * <p>Environment, beans, log redaction and actuator all look at this one object, so that they see one generation.
 * Thread-safe.
 */
public final class ApplicationSecrets implements AutoCloseable {

    private final SecretsResolver resolver;
    private final Duration interval;
    private final boolean redactLogs;
    private final Runnable earlyWarnings;
    private final List<AutoCloseable> redactions = new ArrayList<>();
    private @Nullable RefreshingSecrets redacted;
    private volatile @Nullable RefreshingSecrets secrets;
    private SecretDeclarations declarations;
    private boolean closed;

    private ApplicationSecrets(
            SecretsResolver resolver, SecretDeclarations declarations, Duration interval, boolean redactLogs) {
        earlyWarnings = LogRedaction.keepWarnings();
        this.resolver = resolver;
        this.declarations = declarations;
        this.interval = interval;
        this.redactLogs = redactLogs;
    }

    /**
     * Creates the secrets that the properties declare, over a resolver; nothing is resolved yet.
     *
     * @param properties the properties
     * @param resolver the resolver, which is closed with this
     * @return secrets without a value yet
     */
    public static ApplicationSecrets over(SecretsProperties properties, SecretsResolver resolver) {
        return over(properties, resolver, Declared.by(properties));
    }

    static ApplicationSecrets over(
            SecretsProperties properties, SecretsResolver resolver, SecretDeclarations declarations) {
        return new ApplicationSecrets(resolver, declarations, properties.refreshInterval(), properties.redactLogs());
    }

    /**
     * Builds the resolver that the properties describe, with the customizers of {@code META-INF/spring.factories}.
     *
     * @param properties the properties
     * @param binder binds those of the stores in the chain
     * @return a resolver; close it
     * @throws SecretsConfigurationException if the chain cannot be built
     */
    public static SecretsResolver resolver(SecretsProperties properties, Binder binder) {
        return FixtureResolver.current()
                .orElseGet(() -> SecretChain.resolver(
                        properties,
                        binder,
                        SpringFactoriesLoader.forDefaultResourceLocation(ClassUtils.getDefaultClassLoader())
                                .load(SecretsResolverCustomizer.class)));
    }

    /**
     * Returns the secrets that {@code spring.config.import=secrets:} brought into an environment.
     *
     * @param environment the environment
     * @return the secrets; empty if there is no such import
     */
    public static Optional<ApplicationSecrets> importedInto(Environment environment) {
        if (environment instanceof ConfigurableEnvironment configurable) {
            for (PropertySource<?> source : configurable.getPropertySources()) {
                if (source instanceof SecretsPropertySource imported) {
                    return Optional.of(imported.secrets());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the secrets that the start on this thread imported before it failed without a context.
     *
     * @return the secrets, which are closed; empty if the start had none, or had a context
     */
    public static Optional<ApplicationSecrets> ofFailedStart() {
        return Optional.ofNullable(StartListener.imported());
    }

    /**
     * Tells whether a property source holds these secrets.
     *
     * @param source a source, or null where a property has none
     * @return true for that of {@code spring.config.import=secrets:}
     */
    public static boolean isSource(@Nullable PropertySource<?> source) {
        return source instanceof SecretsPropertySource;
    }

    /**
     * Returns the resolver.
     *
     * @return the resolver of these secrets
     */
    public SecretsResolver resolver() {
        return resolver;
    }

    /**
     * Returns the secrets, which are resolved by the first call.
     *
     * @return the same object until {@link #declare} adds a name
     * @throws dev.modelsecrets.SecretsException if they cannot be resolved
     */
    public RefreshingSecrets refreshing() {
        RefreshingSecrets resolved = secrets;
        return resolved == null ? declare(SecretDeclarations.of()) : resolved;
    }

    /**
     * Declares more names; where one of them is new, all are resolved again.
     *
     * @param more declarations of beans
     * @return the secrets, with these names
     * @throws dev.modelsecrets.SecretsException if they cannot be resolved
     */
    public synchronized RefreshingSecrets declare(SecretDeclarations more) {
        SecretDeclarations all =
                SecretDeclarations.builder().include(declarations).include(more).build();
        RefreshingSecrets before = secrets;
        if (before != null && all.equals(declarations)) {
            return before;
        }
        RefreshingSecrets next = resolver.refreshing(all, interval);
        ConvertedValues.learn(next);
        declarations = all;
        secrets = next;
        if (before != null) {
            before.close();
        }
        return next;
    }

    /**
     * Replaces the values in the lines of Logback and Log4j 2 from now on, unless {@code model-secrets.redact-logs} is
     * false, and logs the warnings that there were before. The logging system must have been set up.
     */
    public void redactLogs() {
        installRedaction();
        earlyWarnings.run();
    }

    private synchronized void installRedaction() {
        RefreshingSecrets resolved = refreshing();
        if (redactLogs && redacted != resolved) {
            redactions.addAll(LogRedaction.install(resolved.redactor()));
            redacted = resolved;
        }
    }

    private synchronized void stopRedactingLogs() {
        for (AutoCloseable redaction : redactions) {
            LogRedaction.close(redaction);
        }
        redactions.clear();
    }

    /**
     * Closes these secrets after the beans of a context, and gives the loggers back as they were.
     *
     * <p>Where the context does not start, its log stays redacted: what failed is reported after the beans are gone.
     *
     * @param context the context
     */
    public void closeWith(ConfigurableApplicationContext context) {
        // Made before the beans, destroyed after them; also where no bean of these secrets is made.
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean(getClass().getName(), () -> {
                close();
                if (context.isClosed()) {
                    stopRedactingLogs();
                }
            });
        }
    }

    /**
     * Ends the refreshing and closes the resolver; lines of a log are redacted as before, and the values stay
     * available. Idempotent.
     */
    @Override
    public void close() {
        end();
        earlyWarnings.run();
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        RefreshingSecrets resolved = secrets;
        if (resolved != null) {
            resolved.close();
        }
        resolver.close();
    }

    /** Returns the declared names, never a value. */
    @Override
    public String toString() {
        return "ApplicationSecrets" + declarations.names();
    }
}
