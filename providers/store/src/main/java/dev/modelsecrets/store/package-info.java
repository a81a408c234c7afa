/**
 * Managing secrets: what half of the serving platforms' documents is about, as a library.
 *
 * <p>{@link dev.modelsecrets.store.SecretStore} is the management side: no public method of it returns a value. Values
 * leave a store only through {@link dev.modelsecrets.store.StoreSecretProvider}, into a resolver. {@link
 * dev.modelsecrets.store.EncryptedSecretStore} is the one store that lives here; another kind extends {@code
 * SecretStore} in a module of its own. Types that hold a value are classes, never records, and do not print it.
 */
@NullMarked
package dev.modelsecrets.store;

import org.jspecify.annotations.NullMarked;
