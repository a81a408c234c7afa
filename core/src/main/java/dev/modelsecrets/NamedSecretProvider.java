package dev.modelsecrets;

/** A provider under another name. */
final class NamedSecretProvider extends DelegatingSecretProvider {

    private final String name;

    NamedSecretProvider(SecretProvider provider, String name) {
        super(provider);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }
}
