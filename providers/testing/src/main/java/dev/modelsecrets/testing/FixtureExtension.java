package dev.modelsecrets.testing;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.internal.FixtureProvider;
import dev.modelsecrets.testing.internal.Fixtures;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Hands the fixtures of a test to its parameters. */
final class FixtureExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FixtureExtension.class);

    private static final Set<Class<?>> TYPES = Set.of(
            Secrets.class,
            SecretsResolver.class,
            RefreshingSecrets.class,
            RotatingSecrets.class,
            KubernetesVolume.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Fixtures.checkPlaces(context);
        Fixtures.of(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Fixtures.checkPlaces(context);
        Fixtures.of(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return TYPES.contains(type) || (type.isRecord() && isSecretsRecord(type.asSubclass(Record.class), context));
    }

    private static boolean isSecretsRecord(Class<? extends Record> type, ExtensionContext context) {
        Set<String> names;
        try {
            names = SecretDeclarations.of(type).names();
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean mayBeArgument = AnnotationSupport.isAnnotated(context.getTestMethod(), TestTemplate.class);
        if (!mayBeArgument) {
            return !names.isEmpty();
        }
        for (String name : Fixtures.of(context).keySet()) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == RotatingSecrets.class) {
            return rotating(context);
        }
        if (type == RefreshingSecrets.class) {
            return once(
                    RefreshingSecrets.class,
                    context,
                    unused -> rotating(context).refreshing());
        }
        if (type == KubernetesVolume.class) {
            return once(KubernetesVolume.class, context, unused -> volume(context));
        }
        SecretsResolver resolver = rotating(context).resolver();
        if (type == SecretsResolver.class) {
            return resolver;
        }
        return type.isRecord()
                ? resolver.resolve(type.asSubclass(Record.class))
                : resolver.resolve(provider(context).declarations());
    }

    private static RotatingSecrets rotating(ExtensionContext context) {
        return once(RotatingSecrets.class, context, unused -> new RotatingSecrets(provider(context)));
    }

    private static KubernetesVolume volume(ExtensionContext context) {
        KubernetesVolume volume = KubernetesVolume.create();
        volume.publish(provider(context).values());
        return volume;
    }

    private static FixtureProvider provider(ExtensionContext context) {
        return once(
                FixtureProvider.class,
                context,
                unused -> new FixtureProvider(Fixtures.of(context), FixtureProvider.ANNOTATION_REMEDY));
    }

    /** Makes a thing once for each context; those of a class are not shared with its tests. JUnit closes it. */
    private static <T> T once(Class<T> type, ExtensionContext context, Function<Object, T> maker) {
        Object key = List.of(type, context.getUniqueId());
        Made made = context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key, unused -> new Made(maker.apply(unused)), Made.class);
        return type.cast(made.thing);
    }

    /** A thing that JUnit closes: until 5.13 by the one interface, and later by the other. */
    @SuppressWarnings("try") // what JUnit closes may say that it can be interrupted
    private record Made(Object thing) implements CloseableResource, AutoCloseable {

        @Override
        public void close() throws Exception {
            if (thing instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
