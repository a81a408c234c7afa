package dev.modelsecrets.spark;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.vault.VaultSecretProvider;
import java.nio.file.Path;
import java.util.Map;

/** Vault, with an identity of the executor's own. Touched only where settings name it: its module is optional. */
final class VaultSource {

    private VaultSource() {}

    static SecretProvider open(Settings settings, Map<String, String> environment) {
        VaultSecretProvider.Builder vault =
                VaultSecretProvider.builder().environment(environment).declarations(settings.declarations());
        settings.get("vault.address").ifPresent(vault::address);
        settings.get("vault.namespace").ifPresent(vault::namespace);
        settings.get("vault.caCertificates").map(Path::of).ifPresent(vault::caCertificates);
        settings.get("vault.mount").ifPresent(vault::mount);
        settings.get("vault.engineVersion").map(Integer::valueOf).ifPresent(vault::engineVersion);
        settings.get("vault.prefix").ifPresent(vault::secretPerName);
        settings.get("vault.key").ifPresent(vault::key);
        settings.get("vault.keysOf")
                .map(secrets -> Settings.list(secrets).toArray(new String[0]))
                .ifPresent(vault::keysOf);
        settings.get("vault.kubernetesRole").ifPresent(vault::kubernetes);
        settings.get("vault.authMount").ifPresent(vault::authMount);
        settings.get("vault.tokenFile").map(Path::of).ifPresent(vault::tokenFile);
        return vault.build();
    }
}
