package dev.modelsecrets.aws;

import dev.modelsecrets.remote.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/**
 * The answers of a batch, brought back to what was asked for.
 *
 * <p>A secret is asked for by its name, its ARN, or its ARN without the six random characters at the end; it is
 * answered with name and ARN. An ARN may be of another account, so that two secrets of one batch can have the same
 * name: what has no answer that is surely its own gets none here.
 */
final class BatchAnswers {

    private final List<SecretValueEntry> values = new ArrayList<>();
    private final List<APIErrorType> errors = new ArrayList<>();
    private final AwsFailures failures;

    BatchAnswers(List<BatchGetSecretValueResponse> pages, AwsFailures failures) {
        for (BatchGetSecretValueResponse page : pages) {
            values.addAll(page.secretValues());
            errors.addAll(page.errors());
        }
        this.failures = failures;
    }

    Map<String, Answer> match(Set<String> secrets) {
        Map<String, Answer> answers = new HashMap<>();
        List<SecretValueEntry> unclaimed = new ArrayList<>(values);
        for (String secret : secrets) {
            List<SecretValueEntry> own =
                    values.stream().filter(value -> hasArn(value, secret)).toList();
            unclaimed.removeAll(own);
            claim(secret, own, answers);
        }
        for (String secret : secrets) {
            List<SecretValueEntry> own = unclaimed.stream()
                    .filter(value -> secret.equals(value.name()))
                    .toList();
            claim(secret, own, answers);
        }
        for (APIErrorType entry : errors) {
            String secret = entry.secretId();
            AwsError error = AwsError.ofOneInBatch(entry.errorCode());
            if (secret != null && secrets.contains(secret) && error.code() != null) {
                answers.putIfAbsent(secret, failures.ofSecret(error, secret, null));
            }
        }
        return answers;
    }

    private static void claim(String secret, List<SecretValueEntry> own, Map<String, Answer> answers) {
        if (own.size() == 1) {
            SecretValueEntry value = own.get(0);
            answers.put(secret, Content.of(value.secretString(), value.secretBinary(), secret));
        }
    }

    private static boolean hasArn(SecretValueEntry value, String secret) {
        String arn = value.arn();
        String name = value.name();
        return secret.startsWith("arn:")
                && arn != null
                && (arn.equals(secret)
                        || (name != null && secret.endsWith(":secret:" + name) && isSuffixed(arn, secret)));
    }

    private static boolean isSuffixed(String arn, String partial) {
        return arn.length() == partial.length() + 7 && arn.startsWith(partial + "-");
    }
}
