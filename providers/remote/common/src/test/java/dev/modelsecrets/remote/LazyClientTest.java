package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyClientTest {

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void get_twice_makesOne() {
        LazyClient<String> client = client();

        assertThat(made).hasValue(0);
        assertThat(client.get()).isSameAs(client.get());
        assertThat(made).hasValue(1);
    }

    @Test
    void close_madeHere_closesOnce() {
        LazyClient<String> client = client();
        client.get();
        client.close();
        client.close();

        assertThat(closed).hasValue(1);
        assertThatThrownBy(client::get).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_neverNeeded_makesNone() {
        client().close();

        assertThat(made).hasValue(0);
        assertThat(closed).hasValue(0);
    }

    @Test
    void close_given_staysOpen() throws Exception {
        AutoCloseable theirs = closed::incrementAndGet;
        LazyClient<AutoCloseable> client = LazyClient.given(theirs);

        assertThat(client.get()).isSameAs(theirs);
        client.close();
        assertThat(closed).hasValue(0);
    }

    private LazyClient<String> client() {
        return LazyClient.made(() -> "client " + made.incrementAndGet(), ignored -> closed.incrementAndGet());
    }
}
