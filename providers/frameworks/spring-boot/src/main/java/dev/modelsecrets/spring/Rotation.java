package dev.modelsecrets.spring;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Subscription;
import dev.modelsecrets.spring.config.ConvertedValues;
import dev.modelsecrets.spring.config.SecretsProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.context.ApplicationContext;

/** After a rotation binds the properties beans that asked for it anew, then publishes an event. */
final class Rotation implements SmartInitializingSingleton, DisposableBean {

    private final ObjectProvider<RefreshingSecrets> secrets;
    private final SecretsProperties properties;
    private final ApplicationContext context;
    private final List<Subscription> subscriptions = new ArrayList<>();

    Rotation(ObjectProvider<RefreshingSecrets> secrets, SecretsProperties properties, ApplicationContext context) {
        this.secrets = secrets;
        this.properties = properties;
        this.context = context;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (RefreshingSecrets each : secrets) {
            subscriptions.add(each.onChange(change -> rotated(each, change)));
        }
    }

    private void rotated(RefreshingSecrets secrets, RefreshingSecrets.Change change) {
        ConvertedValues.learn(secrets);
        List<String> prefixes = properties.rebind();
        if (!prefixes.isEmpty()) {
            rebind(prefixes);
        }
        context.publishEvent(new SecretsChangedEvent(secrets, change));
    }

    private void rebind(List<String> prefixes) {
        ConfigurationPropertiesBindingPostProcessor binder =
                context.getBean(ConfigurationPropertiesBindingPostProcessor.class);
        for (Map.Entry<String, ConfigurationPropertiesBean> bean :
                ConfigurationPropertiesBean.getAll(context).entrySet()) {
            if (prefixes.contains(bean.getValue().getAnnotation().prefix())) {
                rebind(binder, bean.getKey(), bean.getValue().getInstance());
            }
        }
    }

    private static void rebind(ConfigurationPropertiesBindingPostProcessor binder, String name, Object bean) {
        try {
            binder.postProcessBeforeInitialization(bean, name);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn(
                            "The bean {} could not be bound to the rotated secrets ({}), and may hold"
                                    + " some of the old ones.",
                            name,
                            e.getClass().getName());
        }
    }

    @Override
    public void destroy() {
        subscriptions.forEach(Subscription::close);
    }
}
