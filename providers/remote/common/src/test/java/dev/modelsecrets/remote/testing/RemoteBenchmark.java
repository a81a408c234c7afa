package dev.modelsecrets.remote.testing;

import com.sun.management.OperatingSystemMXBean;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Measures the provider of a store beside the plain client of its vendor: a program, not a test.
 *
 * <p>The store's double runs in a process of its own, with TLS where it can. Measured are the first find of whole new
 * processes, one name beside one plain call, and 1,000 names beside as many plain calls one after another; the two take
 * turns, and medians are told. Run it with a module's test class path:
 *
 * <pre>
 * java -cp (test class path) dev.modelsecrets.aws.AwsBenchmark
 * </pre>
 *
 * <p>{@code -Dbenchmark.prefix="taskset -c 0"} goes in front of the command of each process whose first find is
 * measured; {@code -Dbenchmark.latency=5} makes the double wait for that many milliseconds before each answer.
 */
public abstract class RemoteBenchmark {

    private static final int SECRETS = 1_000;
    private static final int PROCESSES = Integer.getInteger("benchmark.processes", 9);
    private static final int CALLS = Integer.getInteger("benchmark.calls", 3_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);

    /** One read by the vendor's client. */
    @FunctionalInterface
    public interface Plain {

        /** Returns the value of a remote secret. */
        String read(String secret) throws Exception;
    }

    /**
     * Starts the double in this process.
     *
     * @param directory where a {@link TestCertificate} is
     * @param secrets the remote names that it has, each with some value
     * @param latency milliseconds before each answer
     * @return its address
     */
    protected abstract String serve(Path directory, Set<String> secrets, long latency) throws Exception;

    /** Makes a provider with one secret for each name. */
    protected abstract SecretProvider provider(String address, Path directory) throws Exception;

    /** Makes the plain client. */
    protected abstract Plain plain(String address, Path directory) throws Exception;

    /** Does what the arguments say: everything if there are none. */
    protected final void run(String... arguments) throws Exception {
        if (arguments.length == 0) {
            measure();
        } else if (arguments[0].equals("serve")) {
            System.out.println(serve(Path.of(arguments[1]), names(SECRETS), Long.getLong("benchmark.latency", 0)));
            System.in.read();
            System.exit(0);
        } else {
            firstFind(arguments[2], Path.of(arguments[1]));
        }
    }

    private static Set<String> names(int count) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            names.add("name-" + i);
        }
        return names;
    }

    private void measure() throws Exception {
        Path directory = Files.createTempDirectory("benchmark");
        TestCertificate.context(directory);
        Process server = process(List.of(), directory, "serve", directory.toString());
        try {
            String address = line(server);
            firstFinds(directory, address);
            beside(directory, address);
        } finally {
            server.destroy();
            server.waitFor();
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private Process process(List<String> prefix, Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Dsun.net.httpserver.nodelay=true",
                "-Dbenchmark.latency=" + System.getProperty("benchmark.latency", "0"),
                "-Dbenchmark.kubeconfig=" + System.getProperty("benchmark.kubeconfig", "false"),
                "-Djavax.net.ssl.trustStore=" + TestCertificate.trustStore(directory),
                "-Djavax.net.ssl.trustStorePassword=test-password",
                "-cp",
                System.getProperty("java.class.path"),
                getClass().getName()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the process ended without a word");
        }
        return line;
    }

    /** Finds one name, and tells how long that took and what all of this process has cost so far. */
    private void firstFind(String address, Path directory) throws Exception {
        long start = System.nanoTime();
        try (SecretProvider provider = provider(address, directory)) {
            Lookup lookup = provider.find(Set.of("name-1")).get("name-1");
            long find = System.nanoTime() - start;
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            System.out.println(find + " " + system.getProcessCpuTime() + " " + lookup.isFound());
        }
    }

    private void firstFinds(Path directory, String address) throws Exception {
        String prefix = System.getProperty("benchmark.prefix", "");
        double[] find = new double[PROCESSES];
        double[] cpu = new double[PROCESSES];
        double[] wall = new double[PROCESSES];
        int found = 0;
        for (int i = -1; i < PROCESSES; i++) {
            long start = System.nanoTime();
            Process process = process(
                    prefix.isBlank() ? List.of() : List.of(prefix.split(" ", -1)),
                    directory,
                    "first",
                    directory.toString(),
                    address);
            String[] told = line(process).split(" ", -1);
            process.waitFor();
            if (i >= 0) {
                wall[i] = (System.nanoTime() - start) / 1e9;
                find[i] = Long.parseLong(told[0]) / 1e9;
                cpu[i] = Long.parseLong(told[1]) / 1e9;
                found += told[2].equals("true") ? 1 : 0;
            }
        }
        print(
                "first find: %d of %d found; the find %.2f s, the process %.2f s, its CPU %.2f s",
                found, PROCESSES, median(find), median(wall), median(cpu));
    }

    private void beside(Path directory, String address) throws Exception {
        // This process trusts the double as the others do.
        System.setProperty(
                "javax.net.ssl.trustStore",
                TestCertificate.trustStore(directory).toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "test-password");
        try (SecretProvider provider = provider(address, directory)) {
            Plain plain = plain(address, directory);
            one(provider, plain, CALLS); // warms up
            double[] one = one(provider, plain, CALLS);
            print("one name: %.0f us, a plain call %.0f us, %.2f x", one[0] / 1e3, one[1] / 1e3, one[0] / one[1]);
            many(provider, plain, 2);
            double[] many = many(provider, plain, ROUNDS);
            print(
                    "1,000 names: %.0f ms, plain calls %.0f ms, %.1f x faster",
                    many[0] / 1e6, many[1] / 1e6, many[1] / many[0]);
        }
    }

    /** Returns the medians of the provider and of the plain client, call by call in turns. */
    private static double[] one(SecretProvider provider, Plain plain, int calls) throws Exception {
        double[] ours = new double[calls];
        double[] theirs = new double[calls];
        for (int i = 0; i < calls; i++) {
            String name = "name-" + i % SECRETS;
            for (int turn = 0; turn < 2; turn++) {
                long start = System.nanoTime();
                if ((turn + i) % 2 == 0) {
                    check(provider.find(Set.of(name)), 1);
                    ours[i] = System.nanoTime() - start;
                } else {
                    check(plain.read(name));
                    theirs[i] = System.nanoTime() - start;
                }
            }
        }
        return new double[] {median(ours), median(theirs)};
    }

    private static double[] many(SecretProvider provider, Plain plain, int rounds) throws Exception {
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        Set<String> names = names(SECRETS);
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            check(provider.find(names), SECRETS);
            long middle = System.nanoTime();
            for (String name : names) {
                check(plain.read(name));
            }
            ours[i] = middle - start;
            theirs[i] = System.nanoTime() - middle;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new double[] {median(ours), median(theirs)};
    }

    private static void check(Map<String, Lookup> lookups, int count) {
        if (lookups.values().stream().filter(Lookup::isFound).count() != count) {
            throw new IllegalStateException("not all were found: "
                    + lookups.values().stream()
                            .filter(lookup -> !lookup.isFound())
                            .findFirst());
        }
    }

    private static void check(String value) {
        if (!value.startsWith("test-value")) {
            throw new IllegalStateException("not found");
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void print(String format, Object... values) {
        System.out.println(getClass().getSimpleName() + ": " + String.format(Locale.ROOT, format, values));
    }
}
