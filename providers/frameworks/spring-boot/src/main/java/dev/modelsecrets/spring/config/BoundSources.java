package dev.modelsecrets.spring.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.PropertySource;

/** What a {@link Binder} binds from: Spring Boot shows it to those only who take part in a binding. Immutable. */
final class BoundSources {

    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    /** Binds nothing, and takes the sources while it does. */
    BoundSources(Binder binder) {
        ConfigurationPropertyName any = ConfigurationPropertyName.of(SecretsProperties.PREFIX);
        binder.bind(any, Bindable.of(Object.class), new BindHandler() {
            @Override
            public <T> @Nullable Bindable<T> onStart(
                    ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
                context.getSources().forEach(sources::add);
                return null;
            }
        });
    }

    /**
     * Returns a binder of those sources alone that have a property whose name starts with a given one and a dot. Spring
     * Boot asks each source several times for each property, which is most of the time that a binding takes.
     */
    Binder binderOf(String name) {
        ConfigurationPropertyName parent = ConfigurationPropertyName.of(name);
        List<ConfigurationPropertySource> used = new ArrayList<>();
        List<PropertySource<?>> ofPlaceholders = new ArrayList<>();
        for (ConfigurationPropertySource source : sources) {
            if (source.containsDescendantOf(parent) != ConfigurationPropertyState.ABSENT) {
                used.add(source);
            }
            if (source.getUnderlyingSource() instanceof PropertySource<?> properties) {
                ofPlaceholders.add(properties);
            }
        }
        return new Binder(used, new PropertySourcesPlaceholdersResolver(ofPlaceholders));
    }

    /** Tells whether a property is set whose name starts with a given one and a dot, in any form that binds. */
    boolean haveAnyBelow(String name) {
        ConfigurationPropertyName parent = ConfigurationPropertyName.of(name);
        for (ConfigurationPropertySource source : sources) {
            if (source.containsDescendantOf(parent) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }
}
