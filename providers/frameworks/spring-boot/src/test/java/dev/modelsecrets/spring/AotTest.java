package dev.modelsecrets.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secret;
import dev.modelsecrets.spring.config.SecretsProperties;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.javapoet.ClassName;

class AotTest {

    record Nested(Secret token) {}

    record HuggingFace(Secret hfToken, Nested other) {}

    @EnableSecrets(HuggingFace.class)
    static class Models {}

    @Test
    void hints_ofTheRegistrar_coverTheProperties() {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));

        assertThat(RuntimeHintsPredicates.reflection().onType(SecretsProperties.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of("dev.modelsecrets.spring.config.StoreProperties$Vault")))
                .accepts(hints);
    }

    @Test
    void processing_ofAContextWithRecords_resolvesNothingAndCoversThem() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("test", "App")), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Models.class, SecretsAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
        }

        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.reflection().onType(HuggingFace.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(Nested.class)).accepts(hints);
        assertThat(files.getGeneratedFiles(Kind.SOURCE)).isNotEmpty();
    }
}
