package dev.modelsecrets.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names that a secret in AWS Secrets Manager can have: names of its own alphabet, and ARNs. */
final class AwsNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
    private static final Pattern ARN = Pattern.compile("arn:[^\\s\\p{Cntrl}]{1,2000}");

    private AwsNames() {}

    /** Says what is wrong with a name; empty if nothing is. */
    static Optional<String> problem(String secret) {
        return NAME.matcher(secret).matches() || ARN.matcher(secret).matches()
                ? Optional.empty()
                : Optional.of("AWS Secrets Manager can have no secret of the name " + secret
                        + ": use letters, digits and /_+=.@- or an ARN; give secretPerName(..) a mapping");
    }
}
