package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.testing.FailOnSecretLeak;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch whose connection breaks in every way. */
@FailOnSecretLeak
class SecretWatchTest {

    /** One for all, so that there is one certificate. */
    @TempDir
    private static Path directory;

    private final Semaphore changes = new Semaphore(0);
    private WatchServer server;
    private KubernetesSecretProvider provider;
    private LogLines log;
    private AutoCloseable watch;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TestCertificate.context(directory);
    }

    @BeforeEach
    void start() throws Exception {
        server = new WatchServer(TestCertificate.context(directory));
        provider = KubernetesSecretProvider.builder()
                .kubeconfig(Kubeconfig.trusting(directory, server.address(), "models"))
                .build();
        log = new LogLines(server.address().toString());
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        if (watch != null) {
            watch.close();
        }
        provider.close();
        server.close();
    }

    private void watch() {
        watch = provider.watch(Set.of("api_key"), changes::release);
    }

    private void assertChange() throws InterruptedException {
        assertThat(changes.tryAcquire(2, TimeUnit.MINUTES)).as("a change").isTrue();
    }

    private WatchServer.Stream opened() throws Exception {
        watch();
        WatchServer.Stream stream = server.next();
        stream.send("ADDED", "1");
        assertChange();
        return stream;
    }

    @Test
    void watch_always_asksForTheOneObjectByItsName() throws Exception {
        watch();

        assertThat(server.next().query())
                .isEqualTo(
                        "watch=true&allowWatchBookmarks=true&timeoutSeconds=300&fieldSelector=metadata.name=api-key");
    }

    @Test
    void event_newVersion_isAnnouncedAndAnOldOneOrABookmarkIsNot() throws Exception {
        WatchServer.Stream stream = opened();

        stream.send("MODIFIED", "1");
        stream.send("BOOKMARK", "7");
        stream.send("MODIFIED", "8");
        assertChange();
        stream.send("DELETED", "8");
        assertChange();

        assertThat(changes.availablePermits()).isZero();
    }

    @Test
    void streamEnds_inOrder_goesOnFromThereWithoutAnnouncement() throws Exception {
        WatchServer.Stream stream = opened();
        stream.send("BOOKMARK", "7");
        stream.end();

        WatchServer.Stream second = server.next();

        assertThat(second.query()).endsWith("&resourceVersion=7");
        second.send("MODIFIED", "8");
        assertChange();
        assertThat(changes.availablePermits()).isZero();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void streamBreaks_always_beginsAnewAndAnnounces() throws Exception {
        opened().cut();

        WatchServer.Stream second = server.next();

        assertThat(second.query()).doesNotContain("resourceVersion");
        assertChange();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void goneInTheStream_always_beginsAnewAndAnnounces() throws Exception {
        opened().line("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}");

        WatchServer.Stream second = server.next();

        assertThat(second.query()).doesNotContain("resourceVersion");
        assertChange();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void goneAtTheStart_always_beginsAnewAndAnnounces() throws Exception {
        WatchServer.Stream stream = opened();
        server.refuse(410);
        stream.end();

        WatchServer.Stream second = server.next();

        assertThat(second.query()).doesNotContain("resourceVersion");
        assertChange();
    }

    @Test
    void serverErrors_several_areOneWarningEachAndTheWatchGoesOn() throws Exception {
        server.refuse(500, 503, 500, 503);
        watch();

        WatchServer.Stream stream = server.next();
        assertChange();
        stream.send("ADDED", "1");
        assertChange();

        assertThat(log.lines())
                .containsExactly(
                        notWatched("Kubernetes at " + server.address() + " answers 500 to the watch"),
                        notWatched("Kubernetes at " + server.address() + " answers 503 to the watch"));
    }

    /** So does a server that has just started, until it has read its roles. */
    @Test
    void forbiddenAtFirst_thenAgreed_isWatchedSoon() throws Exception {
        server.refuse(403, 403, 403);
        watch();

        WatchServer.Stream stream = server.next();
        stream.send("ADDED", "1");
        assertChange();
    }

    @Test
    void redirect_always_isNotFollowed() throws Exception {
        server.refuse(302);
        watch();

        server.next();
        assertThat(log.first())
                .isEqualTo(notWatched("Kubernetes at " + server.address() + " redirects to another address (302),"
                        + " where the token is not sent: configure the address that the API server has"));
    }

    @Test
    void events_always_areAskedForWithoutValues() throws Exception {
        watch();

        assertThat(server.next().header("Accept"))
                .isEqualTo("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
    }

    private static String notWatched(String problem) {
        return "Secret models/api-key is not watched for now, so a change shows at the next look only. " + problem;
    }

    @Test
    void forbidden_always_isOneWarningThatNamesTheVerb() throws Exception {
        server.refuse(403);
        watch();

        assertThat(log.first())
                .isEqualTo("Secret models/api-key is not watched for now, so a change shows at the next look only."
                        + " Kubernetes at " + server.address() + " refuses the watch: let a Role of this account grant"
                        + " the verb watch on the resource secrets, resourceNames api-key");
        assertThat(changes.availablePermits()).isZero();
    }

    @Test
    void malformedEvent_always_isNotQuoted() throws Exception {
        opened().line("{\"type\":\"MODIFIED\",\"object\":{\"data\":{\"value\":\"test-sentinel-of-an-event\"");

        server.next();
        assertChange();

        assertThat(log.lines())
                .containsExactly(
                        "Secret models/api-key is not watched for now, so a change shows at the next look only."
                                + " Kubernetes at " + server.address()
                                + " sends something else than an event of Kubernetes");
    }

    @Test
    void serverGone_always_isNoFailureOfTheCaller() throws Exception {
        server.close();

        watch();

        assertThat(log.first())
                .isEqualTo("Secret models/api-key is not watched for now, so a change shows at the next look only."
                        + " Kubernetes at " + server.address() + " cannot be reached: connection refused");
    }

    @Test
    void close_whileOpen_announcesNothingMore() throws Exception {
        WatchServer.Stream stream = opened();

        watch.close();
        watch.close();
        provider.close();
        try {
            stream.send("MODIFIED", "2");
        } catch (java.io.IOException hungUp) {
            // As it should be.
        }

        assertThat(changes.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
    }
}
