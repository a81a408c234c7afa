package dev.modelsecrets.spring;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.spring.config.ApplicationSecrets;
import dev.modelsecrets.spring.config.SecretsProperties;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
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
            ConfigurableApplicationContext context,
            SecretsProperties properties,
            ObjectProvider<SecretsResolver> resolver) {
        Optional<ApplicationSecrets> imported = ApplicationSecrets.importedInto(context.getEnvironment());
        if (imported.isPresent()) {
            return imported.get();
        }
        ApplicationSecrets secrets = ApplicationSecrets.over(properties, resolver.getObject());
        secrets.closeWith(context);
        return secrets;
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
    @ConditionalOnSingleCandidate(RefreshingSecrets.class)
    Redactor secretsRedactor(RefreshingSecrets secrets) {
        return secrets.redactor();
    }

    @Bean
    @ConditionalOnMissingBean
    Rotation secretsRotation(
            ObjectProvider<RefreshingSecrets> secrets, SecretsProperties properties, ApplicationContext context) {
        return new Rotation(secrets, properties, context);
    }
}
