package dev.modelsecrets.examples.secretsapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.DamagedAuditLogException;
import dev.modelsecrets.store.DamagedStoreException;
import dev.modelsecrets.store.SecretNotFoundException;
import dev.modelsecrets.store.StoreFullException;
import dev.modelsecrets.store.StoreLockedException;
import dev.modelsecrets.store.StoreUnavailableException;
import dev.modelsecrets.store.WrongKeyException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be brought about over HTTP on every machine. */
class StoreErrorsTest {

    @Test
    void failures_ofTheStore_areServerErrorsWithoutAPath() {
        String message = "the file /srv/secrets.json is not as it was";
        for (SecretsException failure : List.of(
                new DamagedStoreException(message),
                new DamagedAuditLogException(message),
                new StoreFullException(message),
                new StoreLockedException(message),
                new StoreUnavailableException(message),
                new WrongKeyException(message))) {
            assertThat(StoreErrors.isFailure(failure)).isTrue();
            Answer answer = StoreErrors.answer(failure);
            assertThat(answer.status()).as(failure.getClass().getName()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("/srv");
        }
    }

    @Test
    void notFound_hasNoPathEither() {
        SecretNotFoundException refusal = new SecretNotFoundException("store /srv/secrets.json has no secret a");
        assertThat(StoreErrors.isFailure(refusal)).isFalse();
        assertThat(StoreErrors.answer(refusal))
                .isEqualTo(Answer.error(404, "there is no such secret, version or attachment"));
    }
}
