package dev.modelsecrets.spring.health;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretsException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state of an application's secrets at one moment.
 *
 * @param isUp false if a value has expired, or refreshing fails and the values are older than allowed
 * @param details age, last failure and next expiry; never a value
 */
public record SecretsHealth(boolean isUp, Map<String, Object> details) {

    /** Copies the details. */
    public SecretsHealth {
        details = new LinkedHashMap<>(details);
    }

    /**
     * Looks at secrets.
     *
     * @param secrets the secrets
     * @param maximumAge how old values may be while refreshing them fails
     * @return their state now
     */
    public static SecretsHealth of(RefreshingSecrets secrets, Duration maximumAge) {
        Duration age = secrets.age();
        Optional<SecretsException> failure = secrets.lastFailure();
        Optional<Instant> expiry = secrets.nextExpiry();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("age", age.toSeconds() + "s");
        failure.ifPresent(problem -> details.put("lastFailure", problem.getMessage()));
        expiry.ifPresent(instant -> details.put("nextExpiry", instant.toString()));
        boolean expired = expiry.filter(Instant.now()::isAfter).isPresent();
        boolean stale = failure.isPresent() && age.compareTo(maximumAge) > 0;
        return new SecretsHealth(!expired && !stale, details);
    }
}
