package dev.modelsecrets.gcp;

import com.google.api.core.ApiFuture;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.api.gax.httpjson.HttpJsonTransportChannel;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.RemoteService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads secret versions, one call each.
 *
 * <p>A remote name is a secret's id, or its full name {@code projects/../secrets/..}. Thread-safe.
 */
final class GoogleService implements RemoteService {

    static final String LOGIN = "run gcloud auth application-default login, or check the service account";

    private static final String LATEST = "latest";

    /** A damaged answer is asked for again, but one that stays so must not cost the whole deadline. */
    private static final int CHECKSUM_ATTEMPTS = 3;

    private final GoogleConnection connection;
    private final Project project;
    private final @Nullable String location;
    private final Map<String, String> versions;
    private final GoogleFailures failures;

    /**
     * Creates a reader.
     *
     * @param connection made at the first read
     * @param project where a secret's id is looked for
     * @param location the region of regional secrets; null for those of no region
     * @param versions the pinned version of a remote name; all others are read in their latest
     */
    GoogleService(
            GoogleConnection connection, Project project, @Nullable String location, Map<String, String> versions) {
        this.connection = connection;
        this.project = project;
        this.location = location;
        this.versions = versions;
        this.failures = new GoogleFailures(connection);
    }

    @Override
    public String description() {
        return connection.toString();
    }

    @Override
    public String where(String secret) {
        String name = fullName(secret, project.id());
        String version = versions.get(secret);
        return version == null ? name : name + "/versions/" + version;
    }

    /** Returns the full name of a secret; without a project as long as that is not known. */
    String fullName(String secret, @Nullable String projectId) {
        if (secret.startsWith("projects/")) {
            return secret;
        }
        return (projectId == null ? "" : "projects/" + projectId + "/")
                + (location == null ? "" : "locations/" + location + "/")
                + "secrets/"
                + secret;
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return GoogleNames.problem(secret);
    }

    @Override
    public Optional<Answer> connect() {
        try {
            project.id(connection.client().getSettings());
            return Optional.empty();
        } catch (UncheckedIOException | IOException e) {
            return Optional.of(Answer.unavailable("no usable login for " + description() + " was found: set"
                    + " GOOGLE_APPLICATION_CREDENTIALS to a readable credentials file, or " + LOGIN));
        }
    }

    @Override
    public Optional<String> remedyInDocument(String secret, String key) {
        return Optional.of("put the key " + key + " into the JSON object that is " + where(secret));
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        if (key != null) {
            return remedyInDocument(secret, key);
        }
        String[] parts = fullName(secret, project.id()).split("/", -1);
        StringBuilder options = new StringBuilder();
        for (int i = 0; i + 2 < parts.length; i += 2) {
            options.append(parts[i].equals("projects") ? " --project=" : " --location=")
                    .append(parts[i + 1]);
        }
        return Optional.of(
                "printf %s ... | gcloud secrets create " + parts[parts.length - 1] + options + " --data-file=-");
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline deadline) throws InterruptedException {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (String secret : secrets) {
            answers.put(secret, read(secret, deadline));
        }
        return answers;
    }

    private Answer read(String secret, Deadline deadline) throws InterruptedException {
        SecretManagerServiceClient client = connection.client();
        @Nullable String projectId = project.id();
        if (projectId == null && !secret.startsWith("projects/")) {
            return Answer.unavailable(
                    "no project is known for " + description() + ": set GOOGLE_CLOUD_PROJECT, or give project(..)");
        }
        SecretVersion version = new SecretVersion(fullName(secret, projectId), versions.getOrDefault(secret, LATEST));
        try {
            return read(version, client, deadline);
        } catch (ApiException e) {
            boolean silent = e.getStatusCode().getCode() == StatusCode.Code.DEADLINE_EXCEEDED;
            if (silent || connection.isRetired(client)) {
                connection.renew(client);
                return Answer.silent(description() + " did not answer in time");
            }
            return client.isShutdown()
                    ? Answer.unavailable("the client for " + description() + " is closed")
                    : failures.answer(e, version);
        }
    }

    private Answer read(SecretVersion version, SecretManagerServiceClient connected, Deadline deadline)
            throws InterruptedException {
        for (int attempt = 1; attempt <= CHECKSUM_ATTEMPTS; attempt++) {
            SecretPayload payload = access(version, connected, deadline);
            if (isIntact(payload)) {
                ByteString data = payload.getData();
                return data.isValidUtf8()
                        ? Answer.text(data.toStringUtf8())
                        : Answer.failed(version + " is not UTF-8 text: store it as text, or mount it as a file");
            }
        }
        return Answer.failed(version + " does not match its CRC32C checksum, read " + CHECKSUM_ATTEMPTS
                + " times: try again, or add the version anew");
    }

    /** Some test doubles send no checksum. */
    private static boolean isIntact(SecretPayload payload) {
        if (!payload.hasDataCrc32C()) {
            return true;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(payload.getData().asReadOnlyByteBuffer());
        return checksum.getValue() == payload.getDataCrc32C();
    }

    private static SecretPayload access(SecretVersion version, SecretManagerServiceClient connected, Deadline deadline)
            throws InterruptedException {
        AccessSecretVersionRequest request = AccessSecretVersionRequest.newBuilder()
                .setName(version.toString())
                .build();
        ApiFuture<AccessSecretVersionResponse> call =
                connected.accessSecretVersionCallable().futureCall(request, context(connected, deadline));
        try {
            return call.get().getPayload();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the call failed with no exception of the client");
        } finally {
            call.cancel(true);
        }
    }

    /** One attempt in the time that is left: trying again is up to the caller, whoever's client it is. */
    private static ApiCallContext context(SecretManagerServiceClient connected, Deadline deadline) {
        SecretManagerServiceSettings settings = connected.getSettings();
        boolean isRest = settings != null
                && settings.getTransportChannelProvider()
                        .getTransportName()
                        .equals(HttpJsonTransportChannel.getHttpJsonTransportName());
        ApiCallContext context = isRest ? HttpJsonCallContext.createDefault() : GrpcCallContext.createDefault();
        return context.withTimeoutDuration(deadline.remaining()).withRetryableCodes(Set.of());
    }

    @Override
    public void close() {
        connection.close();
    }
}
