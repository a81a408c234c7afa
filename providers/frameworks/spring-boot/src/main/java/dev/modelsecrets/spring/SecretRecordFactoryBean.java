package dev.modelsecrets.spring;

import dev.modelsecrets.RefreshingSecrets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;

/** Fills a record from the newest secrets each time that somebody asks for it. Thread-safe once it is set up. */
final class SecretRecordFactoryBean<R extends Record> implements FactoryBean<R>, BeanFactoryAware {

    private final Class<R> type;
    private @Nullable BeanFactory beans;

    SecretRecordFactoryBean(Class<R> type) {
        this.type = type;
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public R getObject() {
        if (beans == null) {
            throw new IllegalStateException("this factory belongs to no bean factory");
        }
        return beans.getBean(RefreshingSecrets.class).get().as(type);
    }

    @Override
    public Class<R> getObjectType() {
        return type;
    }

    @Override
    public boolean isSingleton() {
        return false;
    }
}
