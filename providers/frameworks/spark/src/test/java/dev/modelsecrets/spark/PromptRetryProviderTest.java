package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Subscription;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PromptRetryProviderTest {

    private static final Set<String> NAMES = Set.of("token");

    private final AtomicInteger announcements = new AtomicInteger();
    private Lookup answer = Lookup.found("test-token", "a map");

    @Test
    void find_streakOfFailures_isAnnouncedOnce() {
        PromptRetryProvider provider = new PromptRetryProvider(SecretProvider.of("team store", name -> answer));
        Subscription watch = provider.watch(NAMES, announcements::incrementAndGet);

        provider.find(NAMES);
        assertThat(announcements).hasValue(0);

        answer = Lookup.failed("is down");
        provider.find(NAMES);
        provider.find(NAMES);
        assertThat(announcements).hasValue(1);

        answer = Lookup.found("test-token", "a map");
        provider.find(NAMES);
        answer = Lookup.failed("is down");
        provider.find(NAMES);
        assertThat(announcements).hasValue(2);

        watch.close();
        provider.find(NAMES);
        assertThat(announcements).hasValue(2);
    }

    @Test
    void find_providerThatThrows_isAnnounced() {
        PromptRetryProvider provider = new PromptRetryProvider(new SecretProvider() {
            @Override
            public String name() {
                return "team store";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                throw new SecretProviderException(name(), "is down");
            }
        });
        provider.watch(NAMES, announcements::incrementAndGet);

        assertThatExceptionOfType(SecretProviderException.class).isThrownBy(() -> provider.find(NAMES));
        assertThat(announcements).hasValue(1);
    }
}
