package dev.modelsecrets.spring.test;

import dev.modelsecrets.Secrets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Gives test classes with other fixtures an application of their own, where Spring would share one. */
final class FixtureContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> test, List<ContextConfigurationAttributes> attributes) {
        return KitPresence.KIT_IS_PRESENT && ClassFixtures.areOn(test)
                ? new Fixtures(ClassFixtures.values(test))
                : null;
    }

    /** A part of the key under which Spring keeps applications; prints names only. */
    private record Fixtures(Secrets secrets) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            // The fixtures were used when the environment was made.
        }
    }
}
