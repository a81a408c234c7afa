package dev.modelsecrets.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Starts the application with the fixtures again where {@code @DirtiesContext} closed it before a test method. */
final class DirtiedFixtureTestExecutionListener extends AbstractTestExecutionListener {

    /** After the listener that closes the application, at 1500, and before those that inject from it, from 1950 on. */
    private static final int ORDER = 1700;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestMethod(TestContext context) throws Exception {
        FixtureTestExecutionListener.start(context);
    }
}
