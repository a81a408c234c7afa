package dev.modelsecrets.examples.spark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorExcludedForStage;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.reflect.ClassTag;

/** A master and two workers of Spark on the loopback interface, whose executors are JVMs of their own. */
final class Cluster implements AutoCloseable {

    private static final List<String> PAGES = List.of(
            "/environment/",
            "/executors/",
            "/jobs/",
            "/stages/",
            "/storage/",
            "/api/v1/applications/APP/environment",
            "/api/v1/applications/APP/allexecutors",
            "/api/v1/applications/APP/stages");

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final Path directory;
    private final JavaSparkContext spark;
    private final Events events = new Events();

    /** What happened to executors and tasks. */
    static final class Events extends SparkListener {

        final AtomicInteger executorsRemoved = new AtomicInteger();
        final AtomicInteger executorsExcluded = new AtomicInteger();
        final AtomicInteger tasksFailed = new AtomicInteger();
        final AtomicLong cpuNanos = new AtomicLong();

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
            executorsRemoved.incrementAndGet();
        }

        @Override
        public void onExecutorExcludedForStage(SparkListenerExecutorExcludedForStage event) {
            executorsExcluded.incrementAndGet();
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd event) {
            if (event.taskInfo().successful()) {
                cpuNanos.addAndGet(event.taskMetrics().executorCpuTime());
            } else {
                tasksFailed.incrementAndGet();
            }
        }
    }

    /**
     * Starts a cluster and an application.
     *
     * @param directory where the cluster writes
     * @param classes folders of classes that are not in a jar
     * @param settings properties of the application
     */
    Cluster(Path directory, String name, String classes, Map<String, String> settings) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("events"));
        SparkConf conf = new SparkConf(false)
                .setMaster("local-cluster[2,1,1024]")
                .setAppName(name)
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraClassPath", classes)
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.ui.port", "0")
                .set("spark.ui.showConsoleProgress", "false")
                .set("spark.local.dir", directory.resolve("local").toString())
                .set("spark.eventLog.enabled", "true")
                .set("spark.eventLog.dir", directory.resolve("events").toUri().toString())
                // Not compressed, so that what is searched is what was written.
                .set("spark.eventLog.compress", "false")
                .set("spark.broadcast.compress", "false")
                .set("spark.shuffle.compress", "false")
                .set("spark.shuffle.spill.compress", "false")
                .set("spark.plugins", "dev.modelsecrets.spark.ModelSecretsPlugin")
                .set("spark.modelsecrets.names", "scoring_token");
        settings.forEach(conf::set);
        spark = new JavaSparkContext(conf);
        spark.sc().addSparkListener(events);
    }

    JavaSparkContext spark() {
        return spark;
    }

    Events events() {
        return events;
    }

    /** Waits until executors are there, so that both get tasks from the beginning. */
    void awaitExecutors(int count) throws InterruptedException {
        long begun = System.nanoTime();
        while (executorCount() < count) {
            if (System.nanoTime() - begun > START_TIMEOUT.toNanos()) {
                throw new IllegalStateException("the executors did not start");
            }
            Thread.sleep(100);
        }
    }

    /** Waits until listeners know of all that has happened. */
    void awaitEvents() {
        try {
            spark.sc().listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark does not deliver its events", e);
        }
    }

    int executorCount() {
        return spark.sc().getExecutorMemoryStatus().size() - 1; // without the driver
    }

    /** Kills the JVM of an executor; the worker starts another one in its place. */
    void kill(String executorId) {
        ProcessHandle.current()
                .children()
                .filter(process ->
                        process.info().commandLine().orElse("").contains("--executor-id " + executorId + " "))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Waits until a log of an executor holds a text, for 20 s at most. */
    boolean awaitInLogs(String text) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            LeakSearch search = new LeakSearch(text);
            search.files(home().resolve("work"));
            if (!search.leaks().isEmpty()) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    /** Looks for values wherever this cluster has written, shows or ships something. */
    void searchAll(LeakSearch search, List<?> shipped) throws IOException, InterruptedException {
        for (Object function : shipped) {
            search.bytes("closure " + function.getClass().getSimpleName(), serialised(function));
        }
        searchPages(search);
        search.commandLines();
        search.files(directory);
        search.files(home().resolve("work"));
        search.bytes("driver.log", Files.readAllBytes(home().resolveSibling("driver.log")));
    }

    /** Serialises as Spark does for its tasks. */
    static byte[] serialised(Object function) {
        return SparkEnv.get()
                .closureSerializer()
                .newInstance()
                .serialize(function, ClassTag.apply(Object.class))
                .array();
    }

    private void searchPages(LeakSearch search) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        String ui = spark.sc().uiWebUrl().get();
        List<String> pages = new ArrayList<>();
        PAGES.forEach(page -> pages.add(ui + page.replace("APP", spark.sc().applicationId())));
        // The pages of the master and the workers, whose ports are in the log only.
        Pattern.compile("(?:Master|Worker)WebUI.* (http://\\S+:\\d+)")
                .matcher(Files.readString(home().resolveSibling("driver.log")))
                .results()
                .map(found -> found.group(1))
                .forEach(page -> pages.addAll(List.of(page, page + "/json/")));
        for (String page : pages) {
            byte[] content;
            try {
                content = client.send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofByteArray())
                        .body();
            } catch (java.net.ConnectException e) {
                continue; // of the cluster before this one
            }
            search.bytes(page, content);
        }
    }

    private static Path home() {
        return Path.of(System.getenv("SPARK_HOME"));
    }

    @Override
    public void close() {
        spark.close();
    }
}
