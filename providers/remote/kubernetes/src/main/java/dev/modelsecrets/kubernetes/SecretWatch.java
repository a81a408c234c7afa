package dev.modelsecrets.kubernetes;

import dev.modelsecrets.kubernetes.WatchStream.End;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Watches some Secrets, each by its name, for as long as it is open: every end of a stream is followed by another one.
 *
 * <p>All that happens is dealt with on one daemon thread, so that nothing here needs a lock. Thread-safe.
 */
final class SecretWatch implements AutoCloseable {

    /** How long the server is to keep a stream. */
    private static final Duration STREAM = Duration.ofMinutes(5);

    /** When the client ends what the server should have ended: this is how a connection that went dead is noticed. */
    private static final Duration OVERDUE = STREAM.plusSeconds(30);

    private static final Duration OPENING = Duration.ofSeconds(15);

    /** A stream that ends within this time, and without an event, is taken for a refusal. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Before a server that refuses the account is asked again: somebody has to change the Role first. */
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);

    private final Connection connection;
    private final Runnable changed;
    private final List<Subject> subjects;
    private final ScheduledThreadPoolExecutor thread;

    SecretWatch(Connection connection, Set<String> secrets, Runnable changed) {
        this.connection = connection;
        this.changed = changed;
        this.subjects = secrets.stream().map(Subject::new).toList();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "model-secrets-watch");
            made.setDaemon(true);
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
            warn("A listener for changed secrets failed with " + e.getClass().getName());
        }
    }

    private static void warn(String message) {
        LoggerFactory.getLogger("dev.modelsecrets").warn(message);
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

        /** True if WebSockets do not get through. */
        private boolean linesOnly;

        private int failures;
        private boolean warned;
        private @Nullable Attempt current;

        Subject(String secret) {
            this.secret = secret;
        }

        void connect() {
            try {
                KubernetesApi api = connection.get();
                if (!api.http().isClosed()) {
                    current = new Attempt(this, api, api.webSockets() && !linesOnly);
                    current.start();
                }
            } catch (Connection.Unusable e) {
                fail(String.valueOf(e.getMessage()), pause());
            } catch (RuntimeException e) {
                fail(
                        connection.description() + " cannot be asked: the client failed with "
                                + e.getClass().getName(),
                        pause());
            }
        }

        void stop() {
            Attempt attempt = current;
            current = null;
            if (attempt != null) {
                attempt.close();
            }
        }

        String path(KubernetesApi api) {
            return api.secrets() + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + STREAM.toSeconds()
                    + "&fieldSelector=metadata.name%3D" + secret
                    + (resume == null ? "" : "&resourceVersion=" + resume);
        }

        void opened(boolean webSocket) {
            linesOnly = !webSocket;
            if (missed) {
                missed = false;
                announce();
            }
        }

        void saw(String type, String version) {
            resume = version;
            recovered();
            // A stream may begin with the present state, known or not; a bookmark is about no change at all.
            if (type.equals("DELETED") || (!type.equals("BOOKMARK") && !version.equals(seen))) {
                seen = version;
                announce();
            }
        }

        void recovered() {
            failures = 0;
            warned = false;
        }

        /** Goes on after a stream that was fine: from where it ended in order, and else anew. */
        void ended(boolean inOrder, Duration lasted) {
            recovered();
            if (!inOrder) {
                beginAnew();
            }
            run(lasted.compareTo(SHORT) < 0 ? pause() : Duration.ZERO, this::connect);
        }

        private void beginAnew() {
            resume = null;
            missed = true;
        }

        /** Goes on with the next way to ask. */
        void withoutWebSocket() {
            linesOnly = true;
            connect();
        }

        void refused(int status) {
            String server = connection.description();
            switch (status) {
                case HttpURLConnection.HTTP_UNAUTHORIZED ->
                    fail(server + " does not accept the login: the token is missing, wrong or expired", REFUSED_PAUSE);
                case HttpURLConnection.HTTP_FORBIDDEN ->
                    fail(
                            server
                                    + " refuses the watch: let a Role of this account grant the verb watch on the resource"
                                    + " secrets, resourceNames " + secret,
                            REFUSED_PAUSE);
                case HttpURLConnection.HTTP_GONE -> gone();
                default -> fail(server + " answers " + status + " to the watch", pause());
            }
        }

        /** Begins anew with the state of now, as the server has forgotten the one to go on from. */
        private void gone() {
            beginAnew();
            Duration pause = failures == 0 ? Duration.ZERO : pause();
            failures++;
            run(pause, this::connect);
        }

        void fail(String problem, Duration pause) {
            beginAnew();
            failures++;
            linesOnly = false;
            if (!warned) {
                warned = true;
                warn(connection.where(secret) + " is not watched for now, so a change shows at the next look only. "
                        + problem);
            }
            run(pause, this::connect);
        }

        /** Returns a pause that doubles with each failure, between its half and its whole. */
        Duration pause() {
            long longest = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures, 16));
            return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
        }
    }

    /** One stream for one Secret. */
    private final class Attempt implements WatchStream.Listener {

        private final Subject subject;
        private final KubernetesApi api;
        private final boolean webSocket;
        private final long begun = System.nanoTime();
        private boolean open;
        private boolean sawEvent;
        private @Nullable WatchStream stream;
        private @Nullable Future<?> alarm;

        Attempt(Subject subject, KubernetesApi api, boolean webSocket) {
            this.subject = subject;
            this.api = api;
            this.webSocket = webSocket;
        }

        void start() {
            String path = subject.path(api);
            alarm = later(OPENING, () -> over(End.of(new TimeoutException())));
            stream = webSocket ? WatchStream.webSocket(api, path, this) : WatchStream.lines(api, path, this);
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
                    alarm = later(OVERDUE, () -> over(End.of(new TimeoutException())));
                    subject.opened(webSocket);
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
        public void ended(End end) {
            run(() -> over(end));
        }

        private void read(String json) {
            @Nullable Object event = api.parse(json);
            @Nullable Object type = KubernetesApi.part(event, "type");
            if ("ERROR".equals(type) && KubernetesApi.part(event, "object", "code") instanceof Integer code) {
                over(End.refused(code));
            } else if (type instanceof String known
                    && KubernetesApi.part(event, "object", "metadata", "resourceVersion") instanceof String version) {
                sawEvent = true;
                subject.saw(known, version);
            } else {
                subject.stop();
                subject.fail(connection.description() + " sends an event that is none of Kubernetes", subject.pause());
            }
        }

        private void over(End end) {
            if (subject.current != this) {
                return;
            }
            subject.stop();
            Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
            if (end.status != 0) {
                refused(end.status);
            } else if (open && (sawEvent || lasted.compareTo(SHORT) >= 0)) {
                subject.ended(end.failure == null, lasted);
            } else if (end.failure == null) {
                // So does a server that has forgotten the state to go on from, but cannot say so.
                subject.fail(connection.description() + " ends the watch as soon as it begins", subject.pause());
            } else if (webSocket && !open) {
                subject.withoutWebSocket();
            } else {
                subject.fail(connection.description() + " " + Words.unreachable(end.failure), subject.pause());
            }
        }

        private void refused(int status) {
            // An answer of the API server itself, or of something in between that may know no WebSockets.
            if (webSocket && !open && !Set.of(401, 403, 410, 429).contains(status)) {
                subject.withoutWebSocket();
            } else {
                subject.refused(status);
            }
        }
    }
}
