package dev.modelsecrets.examples.serving;

import dev.modelsecrets.SecretDeclarations;

/**
 * A model to be served.
 *
 * @param name its name in addresses and in the access policy
 * @param declarations the secrets that it needs
 * @param maker makes it from them
 */
record ModelSpec(String name, SecretDeclarations declarations, Model.Maker maker) {}
