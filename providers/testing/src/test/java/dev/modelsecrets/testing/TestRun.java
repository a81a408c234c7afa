package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

/** Runs test classes with JUnit's own engine inside a test, to see them fail. */
final class TestRun {

    private final EngineExecutionResults results;

    private TestRun(EngineExecutionResults results) {
        this.results = results;
    }

    /** Runs classes one test after the other. */
    static TestRun of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    /** Runs classes with configuration parameters. */
    static TestRun of(Map<String, String> parameters, Class<?>... classes) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> type : classes) {
            builder.selectors(selectClass(type));
        }
        return new TestRun(builder.execute());
    }

    /** Checks that all tests ran and passed. */
    void passed(int tests) {
        assertThat(failures()).isEmpty();
        results.testEvents().assertStatistics(events -> events.succeeded(tests).started(tests));
    }

    /** Returns how many tests failed. */
    long failedTests() {
        return results.testEvents().failed().count();
    }

    /** Returns the names of the tests that failed. */
    List<String> failedNames() {
        return results.testEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .sorted()
                .toList();
    }

    /** Returns the names of the tests that were aborted by an assumption. */
    List<String> abortedNames() {
        return results.testEvents().aborted().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .sorted()
                .toList();
    }

    /** Returns how many tests passed. */
    long passedTests() {
        return results.testEvents().succeeded().count();
    }

    /** Returns the message of the one failure, of a test or of a class. */
    String failure() {
        List<Throwable> failures = failures();
        assertThat(failures).hasSize(1);
        return String.valueOf(failures.get(0).getMessage());
    }

    /** Returns what failed, tests and classes. */
    List<Throwable> failures() {
        return results.allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }
}
