package dev.modelsecrets.spring;

import java.util.Map;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a factory for each record of {@link EnableSecrets}. */
final class SecretRecordRegistrar implements ImportBeanDefinitionRegistrar {

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Map<String, Object> attributes = importing.getAnnotationAttributes(EnableSecrets.class.getName());
        if (attributes != null && attributes.get("value") instanceof Class<?>[] types) {
            for (Class<?> type : types) {
                register(type, registry);
            }
        }
    }

    private static void register(Class<?> type, BeanDefinitionRegistry registry) {
        if (registry.containsBeanDefinition(type.getName())) {
            return;
        }
        RootBeanDefinition definition = new RootBeanDefinition(SecretRecordFactoryBean.class);
        definition.setTargetType(ResolvableType.forClassWithGenerics(SecretRecordFactoryBean.class, type));
        definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
        registry.registerBeanDefinition(type.getName(), definition);
    }
}
