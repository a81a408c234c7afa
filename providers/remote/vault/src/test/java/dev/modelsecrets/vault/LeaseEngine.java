package dev.modelsecrets.vault;

import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A database engine as Vault's documentation has it: {@code database/creds/reader} makes a user with a lease, which can
 * be renewed until its maximum, and revoked; {@code database/static-creds/app} has a password until its rotation.
 */
final class LeaseEngine {

    volatile long lease = 3600;
    volatile long maximum = 10_000;
    volatile boolean renewable = true;
    volatile long untilRotation = 300;

    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger renewed = new AtomicInteger();
    final List<String> revoked = new CopyOnWriteArrayList<>();

    private final AtomicLong nanos;
    private final Map<String, Long> issued = new ConcurrentHashMap<>();

    LeaseEngine(AtomicLong nanos) {
        this.nanos = nanos;
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.get());
    }

    Response credentials(String path) {
        if (path.startsWith("database/static-creds/")) {
            return Response.json(
                    200,
                    "{\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":{\"username\":\"test-app\","
                            + "\"password\":\"test-static\",\"rotation_period\":3600,\"ttl\":" + untilRotation + "}}");
        }
        if (!path.endsWith("/reader")) {
            return Response.json(400, "{\"errors\":[\"unknown role\"]}");
        }
        int number = made.incrementAndGet();
        String id = path + "/" + number;
        issued.put(id, seconds());
        return Response.json(
                200,
                "{\"lease_id\":\"" + id + "\",\"renewable\":" + renewable + ",\"lease_duration\":" + lease
                        + ",\"data\":{\"username\":\"test-user-" + number + "\",\"password\":\"test-pass-" + number
                        + "\"}}");
    }

    Response renew(String id) {
        Long start = issued.get(id);
        if (start == null) {
            return Response.json(400, "{\"errors\":[\"lease not found\"]}");
        }
        renewed.incrementAndGet();
        long left = Math.max(0, Math.min(lease, start + maximum - seconds()));
        return Response.json(200, "{\"lease_id\":\"" + id + "\",\"renewable\":true,\"lease_duration\":" + left + "}");
    }

    Response revoke(String id) {
        revoked.add(id);
        issued.remove(id);
        return Response.json(204, "");
    }
}
