package dev.modelsecrets.kubernetes;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches some Secrets, each by its name, for as long as it is open: every end of a stream is followed by another one.
 *
 * <p>All that happens is dealt with on one daemon thread, so that nothing here needs a lock. Thread-safe.
 */
final class SecretWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.modelsecrets");

    /** How long the server is to keep a stream. */
    private static final Duration STREAM = Duration.ofMinutes(5);

    /** When the client ends what the server should have ended: this is how a connection that went dead is noticed. */
    private static final Duration OVERDUE = STREAM.plusSeconds(30);

    private static final Duration OPENING = Duration.ofSeconds(15);

    /** A stream that ends within this time, and without an event, is taken for a refusal. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final KubernetesConnection connection;
    private final KubernetesFailures failures;
    private final Runnable changed;
    private final List<Subject> subjects;
    private final ScheduledThreadPoolExecutor thread;
    private volatile boolean closed;

    SecretWatch(KubernetesConnection connection, Set<String> secrets, Runnable changed) {
        this.connection = connection;
        this.failures = new KubernetesFailures(connection);
        this.changed = changed;
        this.subjects = secrets.stream().map(Subject::new).toList();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(null, task, "model-secrets-kubernetes-watch", 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(SecretWatch.class.getClassLoader());
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    void start() {
        subjects.forEach(subject -> run(subject::connect));
    }

    /** Ends all streams, without waiting for the server. Idempotent. */
    @Override
    public void close() {
        closed = true;
        run(() -> {
            subjects.forEach(Subject::stop);
            thread.shutdownNow();
        });
    }

    private void run(Runnable task) {
        run(Duration.ZERO, task);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void run(Duration pause, Runnable task) {
        later(pause, task);
    }

    /** Runs a task after a pause, unless this is closed before. */
    private Future<?> later(Duration pause, Runnable task) {
        try {
            return thread.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private void announce() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "A listener for changed secrets failed with {}",
                    e.getClass().getName());
        }
    }

    /** One Secret, and where its watch stands. */
    private final class Subject {

        private final String secret;

        /** The state to go on from when a stream ends in order, so that nothing is missed; null for that of now. */
        private @Nullable String resume;

        /** The version of the Secret that was announced last. */
        private @Nullable String seen;

        /** True if something may have happened unseen. */
        private boolean missed;

        private final WatchPauses pauses = new WatchPauses();

        /** What was said since the watch worked last, so that each cause is told once. */
        private final Set<String> told = new HashSet<>();

        private @Nullable Attempt current;

        Subject(String secret) {
            this.secret = secret;
        }

        void connect() {
            if (closed) {
                return;
            }
            try {
                Attempt attempt = new Attempt(this, connection.get());
                current = attempt;
                attempt.start();
            } catch (UnusableConfigurationException e) {
                stop();
                fail(e.getMessage(), pauses.afterFailure());
            } catch (RuntimeException e) {
                stop();
                fail(
                        failures.server() + " could not be asked: the client failed with "
                                + e.getClass().getName(),
                        pauses.afterFailure());
            }
        }

        void stop() {
            Attempt attempt = current;
            current = null;
            if (attempt != null) {
                attempt.close();
            }
        }

        String path() {
            return connection.secrets() + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + STREAM.toSeconds()
                    + "&fieldSelector=metadata.name%3D" + secret
                    + (resume == null ? "" : "&resourceVersion=" + resume);
        }

        void opened() {
            if (missed) {
                missed = false;
                announce();
            }
        }

        void saw(String type, String version) {
            resume = version;
            works();
            // A stream may begin with the present state, known or not; a bookmark is about no change at all.
            if (type.equals("DELETED") || (!type.equals("BOOKMARK") && !version.equals(seen))) {
                seen = version;
                announce();
            }
        }

        private void works() {
            pauses.reset();
            if (!told.isEmpty()) {
                told.clear();
                LOG.info("{} is watched again", connection.where(secret));
            }
        }

        /** Goes on after a stream that was fine: from where it ended in order, and else anew. */
        void ended(boolean inOrder, Duration lasted) {
            works();
            if (!inOrder) {
                beginAnew();
            }
            run(lasted.compareTo(SHORT) < 0 ? pauses.afterFailure() : Duration.ZERO, this::connect);
        }

        private void beginAnew() {
            resume = null;
            missed = true;
        }

        void refused(ApiClient api, int status) {
            String server = failures.server();
            switch (status) {
                case HttpURLConnection.HTTP_UNAUTHORIZED -> {
                    connection.renew(api);
                    fail(failures.loginNotAccepted(), pauses.afterRefusal());
                }
                case HttpURLConnection.HTTP_FORBIDDEN ->
                    fail(
                            server
                                    + " refuses the watch: let a Role of this account grant"
                                    + " the verb watch on the resource"
                                    + " secrets, resourceNames " + secret,
                            pauses.afterRefusal());
                case HttpURLConnection.HTTP_GONE -> gone();
                default ->
                    fail(
                            status / 100 == 3
                                    ? failures.redirected(status)
                                    : server + " answers " + status + " to the watch",
                            pauses.afterFailure());
            }
        }

        /** Begins anew with the state of now, as the server has forgotten the one to go on from. */
        private void gone() {
            boolean resumed = resume != null;
            beginAnew();
            run(resumed ? Duration.ZERO : pauses.afterFailure(), this::connect);
        }

        void fail(String problem, Duration pause) {
            beginAnew();
            if (!closed && told.add(problem)) {
                LOG.warn(
                        "{} is not watched for now, so a change shows at the next look only. {}",
                        connection.where(secret),
                        problem);
            }
            run(pause, this::connect);
        }
    }

    /** One stream for one Secret. */
    private final class Attempt implements WatchStream.Listener {

        private final Subject subject;
        private final ApiClient api;
        private final long begun = System.nanoTime();
        private boolean open;
        private boolean sawEvent;
        private @Nullable WatchStream stream;
        private @Nullable Future<?> alarm;

        Attempt(Subject subject, ApiClient api) {
            this.subject = subject;
            this.api = api;
        }

        void start() {
            alarm = later(OPENING, () -> over(new TimeoutException()));
            stream = WatchStream.open(api, subject.path(), this);
        }

        void close() {
            if (alarm != null) {
                alarm.cancel(false);
            }
            if (stream != null) {
                stream.close();
            }
        }

        @Override
        public void opened() {
            run(() -> {
                if (subject.current == this && alarm != null) {
                    open = true;
                    alarm.cancel(false);
                    alarm = later(OVERDUE, () -> over(new TimeoutException()));
                    subject.opened();
                }
            });
        }

        @Override
        public void event(String json) {
            run(() -> {
                if (subject.current == this) {
                    read(json);
                }
            });
        }

        @Override
        public void refused(int status) {
            run(() -> {
                if (subject.current == this) {
                    subject.stop();
                    subject.refused(api, status);
                }
            });
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            run(() -> over(failure));
        }

        private void read(String json) {
            JsonObject event = JsonObject.parse(json).orElse(JsonObject.EMPTY);
            String type = event.text("type");
            String version = event.text("object", "metadata", "resourceVersion");
            if (type.equals("ERROR")) {
                subject.stop();
                subject.refused(api, event.number("object", "code").orElse(HttpURLConnection.HTTP_INTERNAL_ERROR));
            } else if (!type.isEmpty() && !version.isEmpty()) {
                sawEvent = true;
                subject.saw(type, version);
            } else {
                subject.stop();
                subject.fail(
                        failures.server() + " sends something else than an event of Kubernetes",
                        subject.pauses.afterFailure());
            }
        }

        private void over(@Nullable Throwable failure) {
            if (subject.current != this) {
                return;
            }
            subject.stop();
            Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
            if (open && (sawEvent || lasted.compareTo(SHORT) >= 0)) {
                subject.ended(failure == null, lasted);
            } else {
                subject.fail(problem(failure), subject.pauses.afterFailure());
            }
        }

        private String problem(@Nullable Throwable failure) {
            if (failure == null) {
                // So does a server that has forgotten the state to go on from, but cannot say so.
                return failures.server() + " ends the watch as soon as it begins";
            }
            try {
                return failures.unreachableInWords(failure);
            } catch (InterruptedException e) {
                return failures.server() + " could not be asked: the client was interrupted";
            }
        }
    }
}
