package dev.modelsecrets.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;

/** Tells a native image of the records of {@link EnableSecrets}, which are filled by reflection. */
final class SecretRecordHints implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        if (bean.getBeanClass() != SecretRecordFactoryBean.class) {
            return null;
        }
        ValueHolder argument =
                bean.getMergedBeanDefinition().getConstructorArgumentValues().getIndexedArgumentValue(0, Class.class);
        return argument != null && argument.getValue() instanceof Class<?> type ? new RecordContribution(type) : null;
    }

    private record RecordContribution(Class<?> type) implements BeanRegistrationAotContribution {

        @Override
        public void applyTo(GenerationContext context, BeanRegistrationCode code) {
            register(type, context.getRuntimeHints());
        }

        private static void register(Class<?> type, RuntimeHints hints) {
            hints.reflection().registerType(type, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
            for (var component : type.getRecordComponents()) {
                if (component.getType().isRecord()) {
                    register(component.getType(), hints);
                }
            }
        }
    }
}
