package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.io.NotSerializableException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import scala.tools.nsc.MainClass;

/** The plugin in a Spark whose driver and executor are this JVM; there can be only one at a time. */
@Execution(ExecutionMode.SAME_THREAD)
class LocalModeTest {

    private static final String VALUE = "test-token-first-generation";
    private static final String NEXT = "test-token-next-generation";

    private static CountDownLatch rotated = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @BeforeEach
    void fillTheStore() {
        rotated = new CountDownLatch(1);
        TestStore.VALUES.clear();
        TestStore.VALUES.put("token", VALUE);
    }

    @Test
    void get_inATask_isTheValueAndIsReleasedWithTheTask() {
        try (JavaSparkContext spark = spark(Map.of())) {
            assertThat(spark.parallelize(List.of(1, 2, 3, 4), 4)
                            .map(row -> ModelSecrets.get().require("token"))
                            .distinct()
                            .collect())
                    .containsExactly(VALUE);
            assertThat(spark.parallelize(List.of(1), 1)
                            .map(row -> {
                                ModelSecrets.get();
                                return ExecutorSecrets.here().tasks();
                            })
                            .collect())
                    .as("tasks that hold a generation: this one")
                    .containsExactly(1);
        }
    }

    @Test
    void get_rotationDuringATask_isSeenByOtherTasksAndAfterARefresh() {
        try (JavaSparkContext spark = spark(Map.of())) {
            List<List<String>> seen = spark.parallelize(List.of(1, 2), 2)
                    .map(row -> row == 1 ? seenByTheOldTask() : seenByAnotherTask())
                    .collect();

            assertThat(seen.get(0)).containsExactly(VALUE, VALUE, NEXT, NEXT);
            assertThat(seen.get(1)).containsExactly(NEXT);
        }
    }

    private static List<String> seenByTheOldTask() throws InterruptedException {
        String first = ModelSecrets.get().require("token");
        TestStore.VALUES.put("token", NEXT);
        rotated.await();
        String second = ModelSecrets.get().require("token");
        String refreshed = ModelSecrets.refresh().require("token");
        return List.of(first, second, refreshed, ModelSecrets.get().require("token"));
    }

    private static List<String> seenByAnotherTask() {
        Secrets secrets = ModelSecrets.refresh();
        while (!secrets.require("token").equals(NEXT)) {
            secrets = ModelSecrets.refresh();
        }
        rotated.countDown();
        return List.of(ModelSecrets.get().require("token"));
    }

    @Test
    void get_onTheDriver_isRefused() {
        SecretReference reference = SecretReference.of("token");
        assertThatIllegalStateException()
                .isThrownBy(ModelSecrets::get)
                .withMessageContaining("set spark.plugins to dev.modelsecrets.spark.ModelSecretsPlugin");
        try (JavaSparkContext spark = spark(Map.of())) {
            assertThat(spark.isLocal()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(ModelSecrets::get)
                    .withMessageContaining("The driver takes no secret for its executors");
            assertThatIllegalStateException()
                    .isThrownBy(reference::reveal)
                    .withMessageContaining("The driver takes no secret for its executors");
            assertThat(spark.parallelize(List.of(1), 1)
                            .map(row -> reference.reveal())
                            .collect())
                    .containsExactly(VALUE);
        }
    }

    @Test
    void secrets_inAClosure_cannotBeSerialised() {
        Secrets secrets = Secrets.of(Map.of("token", VALUE));
        try (JavaSparkContext spark = spark(Map.of())) {
            assertThatException()
                    .isThrownBy(() -> spark.parallelize(List.of(1), 1)
                            .map(row -> secrets.require("token"))
                            .collect())
                    .isInstanceOf(SparkException.class)
                    .withCauseInstanceOf(NotSerializableException.class)
                    .withMessageNotContaining(VALUE);
        }
    }

    @Test
    void preflight_missingSecret_endsTheStartWithOneMessage() {
        TestStore.VALUES.clear();

        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> spark(Map.of("spark.modelsecrets.names", "token,other")))
                .withMessageContaining("2 of 2 declared secrets have no value")
                .withMessageContaining("test store");
    }

    @Test
    void handOver_overAnOpenChannel_isRefusedAtTheStart() {
        assertThatExceptionOfType(HandOverRefusedException.class)
                .isThrownBy(() -> spark(Map.of(
                        // Nobody is there; it would be contacted later.
                        "spark.master", "spark://127.0.0.1:1",
                        "spark.modelsecrets.sources", "driver",
                        "spark.modelsecrets.driver.sources", TestStore.class.getName())))
                .withMessageContaining("neither authenticated nor encrypted");
    }

    @Test
    void handOver_localMode_reachesTasksAndIsRotated() {
        try (JavaSparkContext spark = spark(Map.of(
                "spark.modelsecrets.sources", "driver",
                "spark.modelsecrets.driver.sources", TestStore.class.getName(),
                "spark.modelsecrets.interval", "200ms"))) {
            assertThat(token(spark)).isEqualTo(VALUE);

            TestStore.VALUES.put("token", NEXT);
            String token = token(spark);
            while (token.equals(VALUE)) {
                token = token(spark);
            }
            assertThat(token).isEqualTo(NEXT);
        }
    }

    private static String token(JavaSparkContext spark) {
        return spark.parallelize(List.of(1), 1)
                .map(row -> ModelSecrets.get().source("token").startsWith("driver")
                        ? ModelSecrets.get().require("token")
                        : "from elsewhere")
                .first();
    }

    @Test
    void udf_overRowsOfAPartition_runsInATask() throws IOException {
        try (SparkSession session = session()) {
            Dataset<String> rows =
                    session.createDataset(List.of("a", "bb"), Encoders.STRING()).repartition(2);

            assertThat(rows.select(signed("value")).collectAsList())
                    .extracting(row -> row.getInt(0))
                    .containsExactlyInAnyOrder(VALUE.length() + 1, VALUE.length() + 2);
        }
    }

    @Test
    void udf_overRowsOfTheDriver_isRefused() throws IOException {
        try (SparkSession session = session()) {
            Dataset<String> rows = session.createDataset(List.of("a", "bb"), Encoders.STRING());

            assertThatException()
                    .isThrownBy(() -> rows.select(signed("value")).collectAsList())
                    .withMessageContaining("repartition them");
        }
    }

    private SparkSession session() {
        return SparkSession.builder().sparkContext(spark(Map.of()).sc()).getOrCreate();
    }

    private static Column signed(String column) {
        UDF1<String, Integer> sign = text -> (text + ModelSecrets.get().require("token")).length();
        return functions.udf(sign, DataTypes.IntegerType).apply(functions.col(column));
    }

    @Test
    void scala_job_hasTheSameApi() throws Exception {
        Path source = Path.of(System.getProperty("basedir", ""), "src/test/scala/ScoringJob.scala");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(new MainClass().process(new String[] {
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    source.toString()
                }))
                .as("compiled")
                .isTrue();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            // Spark finds the classes of a job through it.
            thread.setContextClassLoader(loader);
            try (JavaSparkContext spark = spark(Map.of())) {
                Object lengths = loader.loadClass("ScoringJob")
                        .getMethod("lengths", SparkContext.class)
                        .invoke(null, spark.sc());

                assertThat((int[]) lengths).containsExactly(1 + 2 * VALUE.length(), 2 + 2 * VALUE.length());
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void redacting_exceptionOfATask_reachesTheDriverWithoutTheValue() {
        try (JavaSparkContext spark = spark(Map.of())) {
            assertThatException()
                    .isThrownBy(() -> spark.parallelize(List.of(1), 1)
                            .map(row -> ModelSecrets.redacting(
                                    () -> refuse(ModelSecrets.get().require("token"))))
                            .collect())
                    .withMessageContaining("refused: [secret:token]")
                    .withMessageNotContaining(VALUE);
            assertThatException()
                    .isThrownBy(() -> spark.parallelize(List.of(1), 1)
                            .mapPartitions(rows -> ModelSecrets.redacting(Stream.of(1)
                                    .map(row -> refuse(ModelSecrets.get().require("token")))
                                    .iterator()))
                            .collect())
                    .withMessageContaining("refused: [secret:token]")
                    .withMessageNotContaining(VALUE);
        }
    }

    private static Integer refuse(String token) {
        throw new IllegalStateException("refused: " + token);
    }

    @Test
    void eventLog_propertyWithAValue_isHiddenThere() throws IOException {
        Path events = Files.createDirectory(directory.resolve("events"));
        try (JavaSparkContext spark = spark(Map.of(
                "spark.example.endpoint", "https://user:" + VALUE + "@127.0.0.1/",
                "spark.example.other", "plain words",
                "spark.eventLog.enabled", "true",
                "spark.eventLog.compress", "false",
                "spark.eventLog.dir", events.toUri().toString()))) {
            assertThat(spark.getConf().get("spark.redaction.regex"))
                    .startsWith("(?i)secret|password|token|access[.]?key|")
                    .endsWith("|^\\Qspark.example.endpoint\\E$");
        }
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(events)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(file));
            }
        }
        assertThat(log.toString())
                .contains("\"spark.example.other\":\"plain words\"")
                .contains("\"spark.example.endpoint\":\"*********(redacted)\"")
                .doesNotContain(VALUE);
    }

    private JavaSparkContext spark(Map<String, String> properties) {
        SparkConf conf = new SparkConf(false);
        Map<String, String> all = new HashMap<>(Map.of(
                "spark.master", "local[2]",
                "spark.app.name", "test",
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.local.dir", directory.resolve("local").toString(),
                "spark.sql.warehouse.dir", directory.resolve("warehouse").toString(),
                "spark.plugins", ModelSecretsPlugin.class.getName(),
                "spark.modelsecrets.names", "token",
                "spark.modelsecrets.sources", TestStore.class.getName()));
        all.put("spark.modelsecrets.interval", "1h");
        all.putAll(properties);
        all.forEach(conf::set);
        return new JavaSparkContext(conf);
    }
}
