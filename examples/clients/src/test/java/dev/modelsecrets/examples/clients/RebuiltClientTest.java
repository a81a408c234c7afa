package dev.modelsecrets.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RebuiltClientTest {

    private final AtomicReference<String> key = new AtomicReference<>("test-key-0");
    private final RefreshingSecrets secrets = SecretsResolver.of(
                    SecretProvider.of("store", name -> Lookup.found(key.get(), "store")))
            .refreshing(Duration.ZERO, "key");
    private final List<String> closed = new ArrayList<>();
    private final RebuiltClient<String> client =
            new RebuiltClient<>(secrets, newest -> newest.require("key"), closed::add);

    private void rotate(String next) {
        key.set(next);
        secrets.refresh();
    }

    @Test
    void call_sameKey_isTheSameClient() {
        String first = client.call(text -> text);
        secrets.refresh();

        assertThat(client.<String>call(text -> text)).isSameAs(first);
        assertThat(client.builds()).isEqualTo(1);
        assertThat(closed).isEmpty();
    }

    @Test
    void call_rotationMeanwhile_keepsItsClientUntilItEnds() {
        String answer = client.call(before -> {
            rotate("test-key-1");
            assertThat(client.<String>call(after -> after)).isEqualTo("test-key-1");
            assertThat(closed).isEmpty();
            return before;
        });

        assertThat(answer).isEqualTo("test-key-0");
        assertThat(closed).containsExactly("test-key-0");
        assertThat(client.builds()).isEqualTo(2);
    }

    @Test
    void call_thatThrows_givesItsClientBack() {
        assertThatThrownBy(() -> client.call(text -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        rotate("test-key-1");
        client.call(text -> text);

        assertThat(closed).containsExactly("test-key-0");
    }

    @Test
    void close_duringACall_waitsForItsEnd() {
        client.call(text -> {
            client.close();
            assertThat(closed).isEmpty();
            return text;
        });
        client.close();

        assertThat(closed).containsExactly("test-key-0");
        assertThatThrownBy(() -> client.call(text -> text)).hasMessage("this client is closed");
    }
}
