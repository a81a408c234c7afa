package dev.modelsecrets.store;

import java.util.List;

/**
 * A secret that is to be deleted is attached to deployments.
 */
public final class SecretInUseException extends RefusedOperationException {

    private static final long serialVersionUID = 1L;

    private final String[] users;

    /**
     * Creates the exception.
     *
     * @param name the secret's name
     * @param users the deployments that use it
     */
    public SecretInUseException(String name, List<String> users) {
        super("secret " + name + " is in use by " + String.join(", ", users)
                + "; detach it there, or delete it with force");
        this.users = users.toArray(new String[0]);
    }

    /**
     * Returns the deployments that use the secret.
     *
     * @return their names
     */
    public List<String> users() {
        return List.of(users);
    }
}
