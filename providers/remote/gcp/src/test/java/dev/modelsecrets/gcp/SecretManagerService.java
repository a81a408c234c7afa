package dev.modelsecrets.gcp;

import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.AddSecretVersionRequest;
import com.google.cloud.secretmanager.v1.CreateSecretRequest;
import com.google.cloud.secretmanager.v1.DeleteSecretRequest;
import com.google.cloud.secretmanager.v1.DestroySecretVersionRequest;
import com.google.cloud.secretmanager.v1.DisableSecretVersionRequest;
import com.google.cloud.secretmanager.v1.Secret;
import com.google.cloud.secretmanager.v1.SecretManagerServiceGrpc.SecretManagerServiceImplBase;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.cloud.secretmanager.v1.SecretVersion;
import com.google.cloud.secretmanager.v1.SecretVersion.State;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Secret Manager in memory, on the generated base class; it refuses with the words of the real one. Thread-safe. */
final class SecretManagerService extends SecretManagerServiceImplBase {

    private static final int LARGEST_PAYLOAD = 65_536;

    /** Secrets that may not be read. */
    final Set<String> denied = ConcurrentHashMap.newKeySet();

    private final Map<String, List<Version>> secrets = new HashMap<>();

    private static final class Version {
        private final ByteString data;
        private State state = State.ENABLED;

        Version(ByteString data) {
            this.data = data;
        }
    }

    /** Adds a version, and the secret too if it is not there. */
    synchronized void add(String secret, ByteString data) {
        secrets.computeIfAbsent(secret, ignored -> new ArrayList<>()).add(new Version(data));
    }

    @Override
    public void createSecret(CreateSecretRequest request, StreamObserver<Secret> answer) {
        answer(answer, () -> {
            String name = request.getParent() + "/secrets/" + request.getSecretId();
            if (secrets.putIfAbsent(name, new ArrayList<>()) != null) {
                throw refuse(Status.ALREADY_EXISTS, "Secret [" + name + "] already exists.");
            }
            return Secret.newBuilder().setName(name).build();
        });
    }

    @Override
    public void addSecretVersion(AddSecretVersionRequest request, StreamObserver<SecretVersion> answer) {
        answer(answer, () -> {
            ByteString data = request.getPayload().getData();
            if (data.isEmpty() || data.size() > LARGEST_PAYLOAD) {
                throw refuse(Status.INVALID_ARGUMENT, "Secret Payload must have 1 to 65536 bytes.");
            }
            List<Version> versions = versions(request.getParent());
            versions.add(new Version(data));
            return SecretVersion.newBuilder()
                    .setName(request.getParent() + "/versions/" + versions.size())
                    .build();
        });
    }

    @Override
    public void accessSecretVersion(
            AccessSecretVersionRequest request, StreamObserver<AccessSecretVersionResponse> answer) {
        answer(answer, () -> {
            String secret = secret(request.getName());
            if (denied.contains(secret)) {
                throw refuse(
                        Status.PERMISSION_DENIED,
                        "Permission 'secretmanager.versions.access' denied for resource '" + request.getName()
                                + "' (or it may not exist).");
            }
            int number = number(request.getName());
            Version version = version(request.getName());
            String name = secret + "/versions/" + number;
            if (version.state != State.ENABLED) {
                throw refuse(
                        Status.FAILED_PRECONDITION, "Secret Version [" + name + "] is in " + version.state + " state.");
            }
            CRC32C checksum = new CRC32C();
            checksum.update(version.data.toByteArray());
            return AccessSecretVersionResponse.newBuilder()
                    .setName(name)
                    .setPayload(SecretPayload.newBuilder().setData(version.data).setDataCrc32C(checksum.getValue()))
                    .build();
        });
    }

    @Override
    public void disableSecretVersion(DisableSecretVersionRequest request, StreamObserver<SecretVersion> answer) {
        answer(answer, () -> changed(request.getName(), State.DISABLED));
    }

    @Override
    public void destroySecretVersion(DestroySecretVersionRequest request, StreamObserver<SecretVersion> answer) {
        answer(answer, () -> changed(request.getName(), State.DESTROYED));
    }

    @Override
    public void deleteSecret(DeleteSecretRequest request, StreamObserver<Empty> answer) {
        answer(answer, () -> {
            versions(request.getName());
            secrets.remove(request.getName());
            return Empty.getDefaultInstance();
        });
    }

    private SecretVersion changed(String name, State state) {
        version(name).state = state;
        return SecretVersion.newBuilder().setName(name).setState(state).build();
    }

    private List<Version> versions(String secret) {
        List<Version> versions = secrets.get(secret);
        if (versions == null) {
            throw refuse(Status.NOT_FOUND, "Secret [" + secret + "] not found or has no versions.");
        }
        return versions;
    }

    private Version version(String name) {
        List<Version> versions = versions(secret(name));
        if (versions.isEmpty()) {
            throw refuse(Status.NOT_FOUND, "Secret [" + secret(name) + "] not found or has no versions.");
        }
        if (number(name) > versions.size()) {
            throw refuse(Status.NOT_FOUND, "Secret Version [" + name + "] not found.");
        }
        return versions.get(number(name) - 1);
    }

    private int number(String name) {
        String version = name.substring(name.lastIndexOf('/') + 1);
        return version.equals("latest") ? versions(secret(name)).size() : Integer.parseInt(version);
    }

    private static String secret(String version) {
        return version.substring(0, version.indexOf("/versions/"));
    }

    private static StatusRuntimeException refuse(Status status, String words) {
        return status.withDescription(words).asRuntimeException();
    }

    private synchronized <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        try {
            observer.onNext(work.get());
            observer.onCompleted();
        } catch (StatusRuntimeException refusal) {
            observer.onError(refusal);
        }
    }
}
