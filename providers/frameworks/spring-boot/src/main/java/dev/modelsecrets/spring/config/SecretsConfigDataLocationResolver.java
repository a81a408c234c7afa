package dev.modelsecrets.spring.config;

import java.util.List;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;

/** Takes the locations that start with {@code secrets:}; what follows is the config.yaml of a model, or nothing. */
final class SecretsConfigDataLocationResolver implements ConfigDataLocationResolver<SecretsConfigDataResource> {

    private static final String PREFIX = "secrets:";

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(PREFIX);
    }

    @Override
    public List<SecretsConfigDataResource> resolve(
            ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return List.of(new SecretsConfigDataResource(
                location.getNonPrefixedValue(PREFIX), location.isOptional(), context.getParent(), context.getBinder()));
    }
}
