package dev.modelsecrets.store;

import java.nio.file.Path;

/** Code of the README; what a test can run is in {@link dev.modelsecrets.store.functional.ReadmeTest}. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static void importFirstDesign(EncryptedSecretStore store, Path oldFile, Path passwordFile) {
        store.importPkcs12(oldFile, StorePassword.fromFile(passwordFile));
    }
}
