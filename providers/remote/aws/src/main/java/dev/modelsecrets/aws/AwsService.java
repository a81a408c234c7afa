package dev.modelsecrets.aws;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.RemoteService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * AWS Secrets Manager: 20 secrets a call, or one a call where batches are not allowed.
 *
 * <p>One secret, and a pinned one, is always read by {@code GetSecretValue}, which needs fewer rights and knows
 * versions. Whatever a batch leaves open is read like that too: a role without the right to batches, an endpoint that
 * has none, one malformed name that spoils the batch. Thread-safe.
 */
final class AwsService implements RemoteService {

    /** What AWS allows. */
    private static final int BATCH_SIZE = 20;

    /** How many secrets of one batch are read at a time when they have to be read one by one. */
    private static final int THREADS = 5;

    private final AwsConnection connection;
    private final Map<String, Pin> pins;
    private final AwsFailures failures;
    private volatile boolean withoutBatches;

    AwsService(AwsConnection connection, Map<String, Pin> pins) {
        this.connection = connection;
        this.pins = Map.copyOf(pins);
        this.failures = new AwsFailures(connection);
    }

    @Override
    public String description() {
        return connection.toString();
    }

    @Override
    public String where(String secret) {
        Pin pin = pins.get(secret);
        return pin == null ? secret : secret + " " + pin;
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return AwsNames.problem(secret);
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        String value = key == null ? "..." : "'{\"" + key + "\": \"...\"}'";
        String command = secret.startsWith("arn:") ? "put-secret-value --secret-id " : "create-secret --name ";
        return Optional.of(command(command + secret, value));
    }

    @Override
    public Optional<String> remedyInDocument(String secret, String key) {
        return Optional.of("add the key " + key + " to the JSON of the secret " + secret + ": "
                + command("put-secret-value --secret-id " + secret, "..."));
    }

    private String command(String command, String value) {
        return "aws secretsmanager " + command + " --secret-string " + value
                + (connection.region() == null ? "" : " --region " + connection.region())
                + (connection.address() == null ? "" : " --endpoint-url " + connection.address());
    }

    @Override
    public int batchSize() {
        return withoutBatches ? 1 : BATCH_SIZE;
    }

    @Override
    public Optional<Answer> connect() {
        try {
            connection.client();
            return Optional.empty();
        } catch (MissingSetupException e) {
            return Optional.of(failures.ofSetup(e));
        }
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline deadline) throws InterruptedException {
        SecretsManagerClient client = connection.client();
        Map<String, Answer> answers = new HashMap<>();
        Set<String> latest = new LinkedHashSet<>(secrets);
        latest.removeAll(pins.keySet());
        if (latest.size() > 1 && !withoutBatches) {
            answers.putAll(readBatch(client, latest, deadline));
        }
        Set<String> open = new LinkedHashSet<>(secrets);
        open.removeAll(answers.keySet());
        answers.putAll(readEach(client, open, deadline));
        return answers;
    }

    /** Reads many in one call; those that have no answer then have to be read one by one. */
    private Map<String, Answer> readBatch(SecretsManagerClient client, Set<String> secrets, Deadline deadline)
            throws InterruptedException {
        BatchGetSecretValueRequest.Builder request =
                BatchGetSecretValueRequest.builder().secretIdList(secrets);
        List<BatchGetSecretValueResponse> pages = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        try {
            String token = null;
            do {
                limit(request, deadline);
                BatchGetSecretValueRequest page = request.nextToken(token).build();
                BatchGetSecretValueResponse response = call(() -> client.batchGetSecretValue(page));
                pages.add(response);
                token = response.nextToken();
            } while (token != null && seen.add(token));
        } catch (SdkServiceException e) {
            AwsError error = AwsError.of(e);
            if (!error.isAboutTheBatch()) {
                return all(secrets, failures.ofCall(error));
            }
            if (error.isOfAllBatches()) {
                withoutBatches = true;
            }
        } catch (SdkException | MissingSetupException e) {
            return all(secrets, failures.ofFailure(e));
        }
        return new BatchAnswers(pages, failures).match(secrets);
    }

    /** Reads each in a call of its own, a few side by side. */
    private Map<String, Answer> readEach(SecretsManagerClient client, Collection<String> secrets, Deadline deadline)
            throws InterruptedException {
        if (secrets.size() < 2) {
            Map<String, Answer> answers = new HashMap<>();
            for (String secret : secrets) {
                answers.put(secret, readOne(client, secret, deadline));
            }
            return answers;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, secrets.size()), task -> {
            Thread thread = new Thread(task, "model-secrets-aws");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<String, Future<Answer>> calls = new HashMap<>();
            secrets.forEach(secret -> calls.put(secret, threads.submit(() -> readOne(client, secret, deadline))));
            Map<String, Answer> answers = new HashMap<>();
            for (Map.Entry<String, Future<Answer>> call : calls.entrySet()) {
                answers.put(call.getKey(), call.getValue().get());
            }
            return answers;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException("interrupted");
        } finally {
            threads.shutdownNow();
        }
    }

    private Answer readOne(SecretsManagerClient client, String secret, Deadline deadline) throws InterruptedException {
        Pin pin = pins.get(secret);
        GetSecretValueRequest.Builder request = GetSecretValueRequest.builder().secretId(secret);
        if (pin != null) {
            request.versionId(pin.versionId()).versionStage(pin.stage());
        }
        limit(request, deadline);
        try {
            GetSecretValueResponse response = call(() -> client.getSecretValue(request.build()));
            return Content.of(response.secretString(), response.secretBinary(), where(secret));
        } catch (SdkServiceException e) {
            return failures.ofSecret(AwsError.of(e), secret, pin);
        } catch (SdkException | MissingSetupException e) {
            return failures.ofFailure(e);
        }
    }

    /**
     * Calls AWS, and once more if it refuses the credentials: found anew, or signed with a corrected clock, they may
     * do.
     */
    private <R> R call(Supplier<R> request) {
        int renewals = connection.renewals();
        try {
            return request.get();
        } catch (SdkServiceException e) {
            if (connection.isGiven() || !AwsError.of(e).isAboutCredentials()) {
                throw e;
            }
            connection.renew(renewals);
            return request.get();
        }
    }

    /** Lets a call end by the deadline; the time-outs of a client that was given are its own. */
    private void limit(AwsRequest.Builder request, Deadline deadline) {
        if (!connection.isGiven()) {
            request.overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                    .apiCallTimeout(deadline.remaining())
                    .build());
        }
    }

    private static Map<String, Answer> all(Set<String> secrets, Answer answer) {
        Map<String, Answer> answers = new HashMap<>();
        secrets.forEach(secret -> answers.put(secret, answer));
        return answers;
    }

    @Override
    public void close() {
        connection.close();
    }
}
