/**
 * Secrets from AWS Secrets Manager: {@link dev.modelsecrets.aws.AwsSecretProvider}, and what talks to the service for
 * it.
 */
@NullMarked
package dev.modelsecrets.aws;

import org.jspecify.annotations.NullMarked;
