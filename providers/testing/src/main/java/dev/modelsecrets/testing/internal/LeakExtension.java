package dev.modelsecrets.testing.internal;

import dev.modelsecrets.testing.FailOnSecretLeak;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Watches a test from before its first {@code @BeforeEach} to after its last {@code @AfterEach}. */
public final class LeakExtension implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {

    private static final Namespace NAMESPACE = Namespace.create(LeakExtension.class);

    /** Made by JUnit. */
    public LeakExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), begin(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Capture capture = context.getStore(NAMESPACE).remove(context.getUniqueId(), Capture.class);
        if (capture != null) {
            end(capture, context);
        }
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> call, ExtensionContext context)
            throws Throwable {
        return watch(invocation, context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        watch(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        watch(invocation, context);
    }

    private static <T> T watch(Invocation<T> invocation, ExtensionContext context) throws Throwable {
        Capture capture = begin(context);
        T result;
        try {
            result = invocation.proceed();
        } catch (Throwable failure) {
            try {
                end(capture, context);
            } catch (AssertionError leak) {
                failure.addSuppressed(leak);
            }
            throw failure;
        }
        end(capture, context);
        return result;
    }

    private static Capture begin(ExtensionContext context) {
        int minimumLength = minimumLength(context);
        if (minimumLength < 1) {
            throw new ExtensionConfigurationException(
                    "@FailOnSecretLeak: the minimum length is " + minimumLength + ", and must be at least 1");
        }
        boolean parallel = context.getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
                .map(Boolean::parseBoolean)
                .orElse(false);
        Capture capture = LeakWatch.begin(minimumLength, parallel);
        try {
            capture.remember(FixtureProvider.values(Fixtures.of(context)));
        } catch (RuntimeException e) {
            LeakWatch.end(capture);
            throw e;
        }
        return capture;
    }

    private static void end(Capture capture, ExtensionContext context) {
        List<String> leaks = LeakWatch.end(capture);
        if (!leaks.isEmpty()) {
            throw new AssertionError("secrets leaked during " + context.getDisplayName() + ":\n  "
                    + String.join("\n  ", leaks)
                    + "\nPrint the Secrets or their names instead of a value,"
                    + " or send the output through a redactor().");
        }
    }

    private static int minimumLength(ExtensionContext context) {
        List<AnnotatedElement> elements = new ArrayList<>(Fixtures.classes(context));
        context.getTestMethod().ifPresent(elements::add);
        int length = FailOnSecretLeak.DEFAULT_MINIMUM_LENGTH;
        for (AnnotatedElement element : elements) {
            Optional<FailOnSecretLeak> annotation = AnnotationSupport.findAnnotation(element, FailOnSecretLeak.class);
            length = annotation.map(FailOnSecretLeak::minimumLength).orElse(length);
        }
        return length;
    }
}
