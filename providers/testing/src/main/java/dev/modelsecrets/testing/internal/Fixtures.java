package dev.modelsecrets.testing.internal;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.testing.SecretFixture;
import dev.modelsecrets.testing.SecretFixtureException;
import dev.modelsecrets.testing.SecretFixtures;
import dev.modelsecrets.testing.internal.FixtureProvider.Fixture;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The fixtures that the annotations of a test give it: outer class, inner class, method; the innermost wins. */
public final class Fixtures {

    private Fixtures() {}

    /**
     * Collects the fixtures of a test or of a class.
     *
     * @throws ExtensionConfigurationException if an annotation is not valid
     */
    public static Map<String, Fixture> of(ExtensionContext context) {
        Map<String, Fixture> fixtures = new LinkedHashMap<>();
        for (Class<?> type : classes(context)) {
            fixtures.putAll(on(type, type, type.getSimpleName()));
        }
        context.getTestMethod()
                .ifPresent(method -> fixtures.putAll(on(method, context.getRequiredTestClass(), describe(method))));
        return fixtures;
    }

    /** Complains of a fixture on a method that is no test, where it would be without effect. */
    public static void checkPlaces(ExtensionContext context) {
        for (Class<?> type : classes(context)) {
            List<Method> strays = ReflectionSupport.findMethods(
                    type,
                    method -> hasFixture(method) && !AnnotationSupport.isAnnotated(method, Testable.class),
                    HierarchyTraversalMode.TOP_DOWN);
            for (Method stray : strays) {
                throw new ExtensionConfigurationException("a secret fixture is on " + describe(stray)
                        + ", which is no test: put it on a test method or on the class");
            }
        }
    }

    private static boolean hasFixture(Method method) {
        for (Annotation annotation : annotations(method)) {
            if (annotation instanceof SecretFixture || annotation instanceof SecretFixtures) {
                return true;
            }
        }
        return false;
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
    }

    /** Returns the classes around a test, the outermost first, each after those that it extends. */
    public static Set<Class<?>> classes(ExtensionContext context) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        context.getTestClass().ifPresent(type -> addWithEnclosing(type, classes));
        return classes;
    }

    /** Adds the classes around an inner one before it. */
    private static void addWithEnclosing(Class<?> type, Set<Class<?>> classes) {
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            addWithEnclosing(type.getEnclosingClass(), classes);
        }
        addHierarchy(type, classes);
    }

    private static void addHierarchy(Class<?> type, Set<Class<?>> classes) {
        for (Class<?> implemented : type.getInterfaces()) {
            addHierarchy(implemented, classes);
        }
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            addHierarchy(type.getSuperclass(), classes);
        }
        classes.add(type);
    }

    private static Map<String, Fixture> on(AnnotatedElement element, Class<?> type, String place) {
        Map<String, Fixture> fromFiles = new LinkedHashMap<>();
        Map<String, Fixture> byName = new LinkedHashMap<>();
        try {
            for (Annotation annotation : annotations(element)) {
                if (annotation instanceof SecretFixtures file) {
                    fromFiles.putAll(FixtureFile.read(type, file.file()));
                } else if (annotation instanceof SecretFixture fixture) {
                    String name = SecretDeclarations.checkName(fixture.name());
                    Fixture before = byName.put(name, new Fixture(fixture.value(), "@SecretFixture on " + place));
                    if (before != null) {
                        throw new SecretFixtureException("the fixture " + name + " is given twice: remove one");
                    }
                }
            }
        } catch (SecretsException e) {
            throw new ExtensionConfigurationException("on " + place + ": " + e.getMessage());
        }
        fromFiles.putAll(byName);
        return fromFiles;
    }

    /** Returns the annotations of an element and those on them, with containers taken apart. */
    private static List<Annotation> annotations(AnnotatedElement element) {
        List<Annotation> all = new ArrayList<>();
        collect(element, new HashSet<>(), all);
        return all;
    }

    private static void collect(AnnotatedElement element, Set<Class<?>> seen, List<Annotation> all) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (annotation instanceof SecretFixture.Repeated repeated) {
                all.addAll(List.of(repeated.value()));
            } else if (annotation instanceof SecretFixture || annotation instanceof SecretFixtures) {
                all.add(annotation);
            } else if (!type.getName().startsWith("java.lang.annotation.") && seen.add(type)) {
                collect(type, seen, all);
            }
        }
    }
}
