package dev.modelsecrets.examples.secretsapi;

/**
 * Who holds a token.
 *
 * @param name the name that the audit log has beside each change
 * @param role what the caller may do
 */
record Caller(String name, Role role) {}
