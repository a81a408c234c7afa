package dev.modelsecrets.spring.test;

import org.springframework.util.ClassUtils;

/** Tells whether the test kit is on the class path. Not instantiable. */
final class KitPresence {

    static final boolean KIT_IS_PRESENT =
            ClassUtils.isPresent("dev.modelsecrets.testing.SecretFixture", KitPresence.class.getClassLoader());

    private KitPresence() {}
}
