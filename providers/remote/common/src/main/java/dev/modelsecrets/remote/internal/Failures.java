package dev.modelsecrets.remote.internal;

import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.remote.internal.Answer.Denied;
import dev.modelsecrets.remote.internal.Answer.Failed;
import dev.modelsecrets.remote.internal.Answer.Unavailable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that could not be answered, made into one exception.
 *
 * <p>It is about the system as a whole if that does not answer, and else about the first name; the message names the
 * others, so that a person need not find them one by one.
 */
final class Failures {

    private final String provider;
    private final List<String> names = new ArrayList<>();
    private @Nullable Answer first;
    private @Nullable Unavailable unavailable;

    Failures(String provider) {
        this.provider = provider;
    }

    void add(String name, Answer answer) {
        names.add(name);
        if (first == null) {
            first = answer;
        }
        if (unavailable == null && answer instanceof Unavailable whole) {
            unavailable = whole;
        }
    }

    void throwIfAny() {
        if (unavailable != null) {
            throw new SecretProviderException(provider, unavailable.problem);
        }
        if (first != null) {
            throw exception(first);
        }
    }

    private SecretsException exception(Answer answer) {
        if (answer instanceof Denied denied) {
            return new SecretAccessDeniedException(names.get(0), denied.problem + others());
        }
        if (answer instanceof Failed failed) {
            return new SecretProviderException(provider, names.get(0), failed.problem + others());
        }
        return new SecretProviderException(provider, "gave an answer of no known kind");
    }

    private String others() {
        return names.size() == 1 ? "" : " (also unreadable: " + String.join(", ", names.subList(1, names.size())) + ")";
    }
}
