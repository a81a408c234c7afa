package dev.modelsecrets.spring.test;

import dev.modelsecrets.spring.config.FixtureResolver;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Starts the application of a test class that has fixtures with them in the place of the configured chain. */
final class FixtureTestExecutionListener extends AbstractTestExecutionListener {

    /** Before all listeners of Spring that start the application; the first is that of mock requests, at 1000. */
    private static final int ORDER = 500;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void prepareTestInstance(TestContext context) throws Exception {
        start(context);
    }

    static void start(TestContext context) throws Exception {
        Class<?> test = context.getTestClass();
        if (KitPresence.KIT_IS_PRESENT && ClassFixtures.areOn(test)) {
            FixtureResolver.use(ClassFixtures.of(test).resolver(), context::getApplicationContext);
        }
    }
}
