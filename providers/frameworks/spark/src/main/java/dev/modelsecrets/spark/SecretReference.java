package dev.modelsecrets.spark;

import dev.modelsecrets.SecretDeclarations;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The name of a secret, in place of its value, in something that Spark serialises; the value is looked up where it is
 * used.
 *
 * <p>Any serializer writes the name only. Made on the driver, it is revealed inside a task on an executor. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * SecretReference token = SecretReference.of("hf_access_token"); // on the driver
 * rows.map(row -> client.score(row, token.reveal())); // on the executors
 * }</pre>
 */
public final class SecretReference implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;

    private SecretReference(String name) {
        this.name = name;
    }

    /**
     * Creates a reference; nothing is looked up.
     *
     * @param name the name of a declared secret
     * @return the reference
     * @throws dev.modelsecrets.InvalidSecretNameException if the name cannot be a secret's
     */
    public static SecretReference of(String name) {
        return new SecretReference(SecretDeclarations.checkName(name));
    }

    /**
     * Returns the name.
     *
     * @return the name of the secret
     */
    public String name() {
        return name;
    }

    /**
     * Returns the value that this task attempt uses, as {@link ModelSecrets#get()} has it.
     *
     * @return the value
     * @throws IllegalStateException if this is the driver outside a task, or the plugin does not run
     * @throws dev.modelsecrets.MissingSecretsException if the secret is not declared
     */
    public String reveal() {
        return ModelSecrets.get().require(name);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (name == null) {
            throw new InvalidObjectException("a reference without a name");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretReference reference && name.equals(reference.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns the name, never the value. */
    @Override
    public String toString() {
        return "SecretReference[" + name + "]";
    }
}
