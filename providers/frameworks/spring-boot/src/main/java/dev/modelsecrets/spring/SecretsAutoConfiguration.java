package dev.modelsecrets.spring;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.spring.config.ApplicationSecrets;
import dev.modelsecrets.spring.config.SecretsProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Beans over the secrets of the application: a {@link SecretsResolver}, {@link RefreshingSecrets} and a {@link
 * Redactor}.
 *
 * <p>With {@code spring.config.import=secrets:} they are those that the environment has; else they are made from {@code
 * model-secrets.*}. Beans of type {@link SecretDeclarations} and the records of {@link EnableSecrets} declare more.
 */
@AutoConfiguration
public class SecretsAutoConfiguration {

    /** Made by Spring. */
    public SecretsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SecretsProperties secretsProperties(Environment environment) {
        return SecretsProperties.of(Binder.get(environment));
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ApplicationSecrets applicationSecrets(
            Environment environment, SecretsProperties properties, ObjectProvider<SecretsResolver> resolver) {
        return ApplicationSecrets.importedInto(environment)
                .orElseGet(() -> ApplicationSecrets.over(properties, resolver.getObject()));
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    SecretsResolver secretsResolver(Environment environment, SecretsProperties properties) {
        return ApplicationSecrets.importedInto(environment)
                .map(ApplicationSecrets::resolver)
                .orElseGet(() -> ApplicationSecrets.resolver(properties, Binder.get(environment)));
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    RefreshingSecrets refreshingSecrets(
            ApplicationSecrets secrets,
            ObjectProvider<SecretDeclarations> declarations,
            ObjectProvider<SecretRecordFactoryBean<?>> records) {
        SecretDeclarations.Builder all = SecretDeclarations.builder();
        declarations.orderedStream().forEach(all::include);
        records.forEach(factory -> all.include(SecretDeclarations.of(factory.getObjectType())));
        RefreshingSecrets resolved = secrets.declare(all.build());
        secrets.redactLogs();
        return resolved;
    }

    @Bean
    @ConditionalOnMissingBean
    Redactor secretsRedactor(RefreshingSecrets secrets) {
        return secrets.redactor();
    }

    @Bean
    @ConditionalOnMissingBean // A child context has those of its parent.
    SecretsLifecycle secretsLifecycle(ApplicationSecrets secrets) {
        return new SecretsLifecycle(secrets);
    }

    @Bean
    @ConditionalOnMissingBean
    Rotation secretsRotation(RefreshingSecrets secrets, SecretsProperties properties, ApplicationContext context) {
        return new Rotation(secrets, properties, context);
    }
}
