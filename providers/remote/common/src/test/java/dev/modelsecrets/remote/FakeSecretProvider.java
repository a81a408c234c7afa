package dev.modelsecrets.remote;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A provider of a {@link FakeService}. */
final class FakeSecretProvider extends RemoteSecretProvider {

    private FakeSecretProvider(Builder options) {
        super("fake", options, options.service);
    }

    static Builder of(RemoteService service) {
        return new Builder(service, UnaryOperator.identity(), null);
    }

    static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private final RemoteService service;

        Builder(RemoteService service, UnaryOperator<String> mapping, @Nullable String key) {
            super(mapping, key);
            this.service = service;
        }

        FakeSecretProvider build() {
            return new FakeSecretProvider(this);
        }
    }
}
