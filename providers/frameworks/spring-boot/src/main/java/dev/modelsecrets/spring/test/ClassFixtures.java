package dev.modelsecrets.spring.test;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.testing.FixtureSecrets;
import dev.modelsecrets.testing.SecretFixture;
import dev.modelsecrets.testing.SecretFixtures;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** The fixtures on a test class and around it. Not instantiable. */
final class ClassFixtures {

    private ClassFixtures() {}

    /** Returns the fixtures, an inner class's after those of its outer class; empty without any. */
    static FixtureSecrets of(Class<?> test) {
        FixtureSecrets.Builder builder = FixtureSecrets.builder();
        Map<String, String> values = new LinkedHashMap<>();
        addTo(builder, values, test);
        values.forEach(builder::secret);
        return builder.build();
    }

    static boolean areOn(Class<?> test) {
        MergedAnnotations annotations = annotations(test);
        return annotations.isPresent(SecretFixture.class)
                || annotations.isPresent(SecretFixture.Repeated.class)
                || annotations.isPresent(SecretFixtures.class);
    }

    static Secrets values(Class<?> test) {
        return of(test).secrets();
    }

    private static void addTo(FixtureSecrets.Builder builder, Map<String, String> values, Class<?> test) {
        List<MergedAnnotation<SecretFixtures>> files = new ArrayList<>();
        annotations(test).stream(SecretFixtures.class).forEach(file -> files.add(0, file)); // the nearest wins
        for (MergedAnnotation<SecretFixtures> file : files) {
            Class<?> neighbour = file.getSource() instanceof Class<?> annotated ? annotated : test;
            builder.file(neighbour, file.getString("file"));
        }
        annotations(test).stream(SecretFixture.class)
                .forEach(fixture -> values.putIfAbsent(fixture.getString("name"), fixture.getString("value")));
    }

    /** The annotations of the class first, then those of the classes that it extends and that enclose it. */
    private static MergedAnnotations annotations(Class<?> test) {
        return MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
                .withEnclosingClasses(type -> type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))
                .from(test);
    }
}
