package dev.modelsecrets.testing.internal;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.Redactor;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.testing.SecretProviderContract;
import dev.modelsecrets.testing.SecretProviderContract.Limit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One test of the contract: what it stored, the providers that it got, and checks whose messages hold no value. */
public final class ContractChecks implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int CALLS = 25;

    private final SecretProviderContract contract;
    private final List<SecretProvider> providers = new ArrayList<>();
    private final List<Map<String, String>> stored = new ArrayList<>();

    private ContractChecks(SecretProviderContract contract) {
        this.contract = contract;
    }

    /** Begins a test. */
    public static ContractChecks of(SecretProviderContract contract) {
        return new ContractChecks(contract);
    }

    /** Returns distinct names and values. */
    public static Map<String, String> values(int count) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("name_" + i, "value-of-name-" + i);
        }
        return values;
    }

    /** Returns a text of exactly so many bytes, no two lines of which are equal. */
    public static String large(int bytes, boolean lines) {
        StringBuilder text = new StringBuilder(bytes);
        for (int line = 0; text.length() < bytes; line++) {
            text.append("line ").append(line).append(" of a large value").append(lines ? '\n' : ' ');
        }
        text.setLength(bytes - 1);
        return text.append('.').toString();
    }

    /** Stores values and looks for them from now on. */
    public void store(Map<String, String> values) throws Exception {
        LeakWatch.remember(values);
        stored.add(Map.copyOf(values));
        contract.store(values);
    }

    /** Gets a provider, which is closed at the end. */
    public SecretProvider provider() throws Exception {
        SecretProvider provider = contract.provider();
        providers.add(provider);
        return provider;
    }

    /** Skips the test where the provider has this limit. */
    public void skipIf(Limit limit) {
        Assumptions.assumeFalse(contract.limits().contains(limit), "the provider has the limit " + limit);
    }

    /** Returns the number of round trips, or skips the test. */
    public long roundTrips() {
        OptionalLong count = contract.roundTrips();
        Assumptions.assumeTrue(count.isPresent(), "roundTrips() does not count");
        return count.getAsLong();
    }

    /** Fails with a message that must hold no value. */
    public void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /** Checks one value. */
    public void found(SecretProvider provider, String name, String value) {
        found(provider.find(Set.of(name)), name, value);
    }

    /** Checks one value among answers. */
    public void found(Map<String, Lookup> answers, String name, String value) {
        Lookup answer = answers.get(name);
        if (answer == null || !answer.isFound()) {
            throw new AssertionError(name + " must be found, and is " + kind(answer));
        }
        if (!answer.value().equals(value)) {
            throw new AssertionError(name + " must come back unchanged: " + difference(value, answer.value()));
        }
    }

    /** Returns the answer for a name that must be found. */
    public Lookup answer(SecretProvider provider, String name) {
        Lookup answer = provider.find(Set.of(name)).get(name);
        if (answer == null || !answer.isFound()) {
            throw new AssertionError(name + " must be found, and is " + kind(answer));
        }
        return answer;
    }

    /** Checks all values. */
    public void found(Map<String, Lookup> answers, Map<String, String> values) {
        for (Map.Entry<String, String> value : values.entrySet()) {
            found(answers, value.getKey(), value.getValue());
        }
    }

    /** Says what differs in words that show nothing of either text. */
    private static String difference(String stored, String found) {
        if (stored.strip().equals(found.strip())) {
            return "white space at its ends differs";
        }
        if (stored.lines().toList().equals(found.lines().toList())) {
            return "its line breaks differ";
        }
        return "another value was found";
    }

    /** Stores values of some kind and checks that they come back. */
    public void unchanged(Map<String, String> values) throws Exception {
        store(values);
        found(provider().find(values.keySet()), values);
    }

    /** Checks that a name is absent. */
    public void absent(SecretProvider provider, String name) {
        absent(provider.find(Set.of(name)), name);
    }

    /** Checks that a name is absent among answers, with a reason that holds no value. */
    public void absent(Map<String, Lookup> answers, String name) {
        Lookup answer = answers.get(name);
        if (answer != null) {
            require(answer.isAbsent(), name + " must be absent, and is " + kind(answer));
            require(!answer.reason().isBlank(), name + " is absent without a reason");
            leaksNothing("the reason of the absent " + name, answer.reason());
        }
    }

    /** Checks that a name is absent because it is blank. */
    public void blank(Map<String, Lookup> answers, String name) {
        absent(answers, name);
        Lookup answer = answers.get(name);
        require(
                answer != null && answer.reason().endsWith("is blank"),
                name + " holds a blank value: it must be absent with a reason that ends in \"is blank\"");
    }

    /** Checks that a name is failed or denied, and returns the answer; what is thrown for all counts for the name. */
    public Lookup fails(SecretProvider provider, String what, String name) {
        Lookup answer;
        try {
            answer = provider.find(Set.of(name)).get(name);
        } catch (SecretAccessDeniedException denial) {
            answer = Lookup.denied(String.valueOf(denial.getMessage()));
        } catch (SecretsException failure) {
            answer = Lookup.failed(String.valueOf(failure.getMessage()));
        } catch (RuntimeException failure) {
            throw new AssertionError(what + " must be a SecretsException, and is "
                    + failure.getClass().getName());
        }
        if (answer == null || answer.isFound() || answer.isAbsent()) {
            boolean found = answer != null && answer.isFound();
            throw new AssertionError(
                    what + " must be a failed or denied answer, and the secret is " + (found ? "found" : "absent"));
        }
        require(!answer.problem().isBlank(), what + " must say what is wrong");
        leaksNothing("the problem of " + name, answer.problem());
        return answer;
    }

    /** Checks that a name is denied among answers, with words that hold no value. */
    public void denied(Map<String, Lookup> answers, String name) {
        Lookup answer = answers.get(name);
        if (answer == null || !answer.isDenied()) {
            throw new AssertionError(
                    name + " is denied by the backend: it must be a denied answer, and is " + kind(answer));
        }
        leaksNothing("the problem of " + name, answer.problem());
    }

    private static String kind(@Nullable Lookup answer) {
        if (answer == null || answer.isAbsent()) {
            return "absent";
        }
        return answer.isFound() ? "found" : answer.isFailed() ? "failed" : "denied";
    }

    /** Checks that a thread which is interrupted finds the value or a failure, and stays interrupted after one. */
    public void interrupted(SecretProvider provider, String name, String value) {
        Thread.currentThread().interrupt();
        Map<String, Lookup> answers;
        boolean still;
        try {
            answers = provider.find(Set.of(name));
        } catch (SecretsException failure) {
            leaksNothing(failure);
            answers = Map.of(name, Lookup.failed("threw"));
        } finally {
            still = Thread.interrupted();
        }
        Lookup answer = answers.get(name);
        if (answer != null && answer.isFailed()) {
            require(still, "find failed for an interrupted thread, which must stay interrupted, and does not");
        } else {
            found(answers, name, value);
        }
    }

    /** Checks all that an exception would print. */
    public void leaksNothing(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        leaksNothing("the exception", text.toString());
    }

    /** Checks a text. */
    public void leaksNothing(String what, String text) {
        for (Map<String, String> values : stored) {
            Redactor redactor = Secrets.of(values).redactor();
            require(redactor.redact(text).equals(text), what + " must not hold a value, and does");
        }
    }

    /** Asks from many threads at a time, for all names and for one. */
    public void fromManyThreads(SecretProvider provider, Map<String, String> values) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<@Nullable Void> caller = () -> {
                for (int i = 0; i < CALLS; i++) {
                    found(provider.find(values.keySet()), values);
                    String one = "name_" + i % values.size();
                    found(provider, one, String.valueOf(values.get(one)));
                }
                return null;
            };
            List<Future<@Nullable Void>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(threads.submit(caller));
            }
            for (Future<@Nullable Void> call : calls) {
                call.get();
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AssertionError failed) {
                throw failed;
            }
            String failure = cause == null ? "nothing" : cause.getClass().getName();
            throw new AssertionError("find from many threads failed with " + failure);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Checks that a closed provider answers rightly or refuses to, but calls nothing absent. */
    public void foundOrRefused(SecretProvider provider, String name) {
        try {
            Lookup answer = provider.find(Set.of(name)).get(name);
            require(answer != null && !answer.isAbsent(), "a closed provider must not call a secret absent");
        } catch (SecretsException | IllegalStateException refused) {
            leaksNothing(refused);
        }
    }

    /** Closes a provider; that must not fail. */
    public void close(SecretProvider provider) {
        try {
            provider.close();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "close() must not fail, and does with " + e.getClass().getName());
        }
    }

    @Override
    public void close() {
        for (SecretProvider provider : providers) {
            close(provider);
        }
    }
}
