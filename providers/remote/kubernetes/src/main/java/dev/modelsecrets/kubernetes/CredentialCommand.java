package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Deadline;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the command of a kubeconfig that prints a credential ({@code exec}), for a limited time.
 *
 * <p>fabric8 would wait for it without a limit, and log what it cannot read of its output.
 */
final class CredentialCommand {

    private final ExecConfig exec;
    private final Path kubeconfig;
    private final Duration limit;

    CredentialCommand(ExecConfig exec, Path kubeconfig, Duration limit) {
        this.exec = exec;
        this.kubeconfig = kubeconfig;
        this.limit = limit;
    }

    /**
     * Returns what the command prints as the status of an {@code ExecCredential}.
     *
     * @throws UnusableConfigurationException if it does not end in time, or prints none
     */
    JsonObject run() {
        Deadline deadline = Deadline.in(limit);
        Process process;
        try {
            process = builder().start();
        } catch (IOException e) {
            throw failed("cannot be started: is it installed, and in the PATH?");
        }
        try {
            process.getOutputStream().close();
            String output = output(process, deadline);
            JsonObject status =
                    JsonObject.parse(output).orElse(JsonObject.EMPTY).object("status");
            boolean certificate = !status.text("clientCertificateData").isEmpty()
                    && !status.text("clientKeyData").isEmpty();
            if (!process.waitFor(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0 || (status.text("token").isEmpty() && !certificate)) {
                throw failed("gave no credential");
            }
            return status;
        } catch (IOException | ExecutionException e) {
            throw failed("gave no credential");
        } catch (TimeoutException e) {
            throw failed("gave no credential within " + deadline + ": run it by hand, it may be waiting for a person");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for, as the thread was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private ProcessBuilder builder() {
        List<String> line = new ArrayList<>();
        line.add(command());
        line.addAll(Objects.requireNonNullElse(exec.getArgs(), List.of()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        String info = JsonObject.EMPTY
                .with("apiVersion", Objects.requireNonNullElse(exec.getApiVersion(), ""))
                .with("kind", "ExecCredential")
                .with("spec", JsonObject.EMPTY)
                .write();
        builder.environment().put("KUBERNETES_EXEC_INFO", info);
        for (ExecEnvVar variable : Objects.requireNonNullElse(exec.getEnv(), List.<ExecEnvVar>of())) {
            builder.environment().put(variable.getName(), variable.getValue());
        }
        return builder;
    }

    /** Returns the program: one with a directory is meant from where the kubeconfig is. */
    private String command() {
        String command = text(exec.getCommand());
        return command.contains("/")
                ? kubeconfig
                        .toAbsolutePath()
                        .resolveSibling(command)
                        .normalize()
                        .toString()
                : command;
    }

    /** Reads to the end on a thread of its own, as a read cannot be interrupted; killing the process ends it. */
    private static String output(Process process, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        FutureTask<String> read =
                new FutureTask<>(() -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        Thread reader = new Thread(null, read, "model-secrets-kubernetes-login", 0, false);
        reader.setDaemon(true);
        reader.start();
        return read.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    private UnusableConfigurationException failed(String how) {
        return new UnusableConfigurationException(
                "the command " + text(exec.getCommand()) + " of the kubeconfig " + kubeconfig + " " + how);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
