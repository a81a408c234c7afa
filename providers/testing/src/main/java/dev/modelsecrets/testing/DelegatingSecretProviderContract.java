package dev.modelsecrets.testing;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.internal.DecoratedProvider;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a decorator of a provider must do, as tests: implement this in a test class, and its tests run there.
 *
 * <p>A decorator that extends {@link DelegatingSecretProvider} forgets nothing unless it overrides too much; this suite
 * finds what was forgotten. Each test decorates a provider that has secrets, a version and a watch.
 *
 * <pre>{@code
 * class TimedTest implements DelegatingSecretProviderContract {
 *     public SecretProvider decorate(SecretProvider provider) {
 *         return new Timed(provider);
 *     }
 * }
 * }</pre>
 */
public interface DelegatingSecretProviderContract {

    /**
     * Decorates a provider.
     *
     * @param provider the provider to decorate
     * @return a new decorator, which passes on the names {@code api_key}, {@code failed}, {@code denied} and {@code
     *     absent}
     */
    SecretProvider decorate(SecretProvider provider);

    /**
     * Says whether failed secrets may count as absent, as with {@link SecretProvider#optional}.
     *
     * @return false by default
     */
    default boolean toleratesFailures() {
        return false;
    }

    /** A found answer keeps its value, its place and its end. */
    @Test
    default void find_foundName_keepsValuePlaceAndExpiry() {
        Lookup answer =
                decorate(new DecoratedProvider()).find(Set.of("api_key")).get("api_key");
        if (answer == null || !answer.isFound()) {
            throw new AssertionError("a found answer must stay found");
        }
        require(answer.value().equals(DecoratedProvider.VALUE), "a found answer must keep its value");
        require(answer.location().equals(DecoratedProvider.LOCATION), "a found answer must keep its location");
        require(answer.expiresAt().equals(DecoratedProvider.EXPIRES_AT), "a found answer must keep its expiresAt()");
    }

    /** Absent, failed and denied stay what they are. */
    @Test
    default void find_otherAnswers_stayWhatTheyAre() {
        Map<String, Lookup> answers = decorate(new DecoratedProvider()).find(Set.of("failed", "denied", "absent"));
        Lookup failed = answers.get("failed");
        Lookup denied = answers.get("denied");
        Lookup absent = answers.get("absent");
        require(denied != null && denied.isDenied(), "a denied answer must stay denied");
        require(
                toleratesFailures()
                        ? failed == null || failed.isAbsent()
                        : failed != null
                                && failed.isFailed()
                                && failed.problem().contains("broken"),
                "a failed answer must stay failed, with its words");
        require(absent == null || absent.isAbsent(), "an absent answer must stay absent");
    }

    /** What {@code refresh()} expires is forgotten behind the decorator too. */
    @Test
    default void expire_always_reachesTheProvider() {
        DecoratedProvider provider = new DecoratedProvider();
        decorate(provider).expire();
        require(provider.expired() == 1, "expire() must be forwarded");
    }

    /** Closing releases what is behind the decorator. */
    @Test
    default void close_always_reachesTheProvider() {
        DecoratedProvider provider = new DecoratedProvider();
        SecretProvider decorator = decorate(provider);
        decorator.close();
        require(provider.closed() > 0, "close() must be forwarded");
        decorator.close();
    }

    /** An announcement comes through until the watch is closed. */
    @Test
    default void watch_untilClosed_passesOnAnnouncements() {
        DecoratedProvider provider = new DecoratedProvider();
        int[] announced = {0};
        var watch = decorate(provider).watch(Set.of("api_key"), () -> announced[0]++);
        provider.announce();
        require(announced[0] == 1, "watch(..) must be forwarded");
        watch.close();
        watch.close();
        provider.announce();
        require(announced[0] == 1, "closing a watch must be forwarded");
    }

    /** A changed version is never hidden; a decorator that cannot tell says so by an empty one. */
    @Test
    default void version_changed_isNotHidden() {
        DecoratedProvider provider = new DecoratedProvider();
        SecretProvider decorator = decorate(provider);
        var before = decorator.version();
        provider.announce();
        require(
                before.isEmpty() || !before.equals(decorator.version()),
                "version() must differ when that of the provider does");
    }

    /** Advice on how to set a secret comes through. */
    @Test
    default void remedy_always_isThatOfTheProvider() {
        require(
                decorate(new DecoratedProvider()).remedy("api_key").equals(DecoratedProvider.REMEDY),
                "remedy(..) must be forwarded");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
