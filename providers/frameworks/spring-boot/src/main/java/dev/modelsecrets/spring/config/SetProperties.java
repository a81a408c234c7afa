package dev.modelsecrets.spring.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/** Looks for properties without binding them, which is all that Spring Boot's {@link Binder} offers. */
final class SetProperties implements BindHandler {

    private boolean found;

    private SetProperties() {}

    /** Tells whether a property is set whose name starts with a given one and a dot, in any form that binds. */
    static boolean anyBelow(String name, Binder binder) {
        SetProperties handler = new SetProperties();
        binder.bind(ConfigurationPropertyName.of(name), Bindable.of(Object.class), handler);
        return handler.found;
    }

    @Override
    public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
        for (ConfigurationPropertySource source : context.getSources()) {
            found |= source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT;
        }
        return null; // Binds nothing.
    }
}
