package dev.modelsecrets;

/**
 * Secrets cannot be handed over as asked: a value does not fit its record component, or a constructor refused it.
 *
 * <p>The message names the secret, the component and what it must look like. What a constructor said is withheld, since
 * it may quote a value; the stack trace is the constructor's own.
 */
public final class SecretBindingException extends SecretsException {

    private static final long serialVersionUID = 1L;

    SecretBindingException(String message) {
        super(message);
    }

    /**
     * Describes what the constructor of a record or a model threw, without its message, causes and suppressed
     * exceptions.
     *
     * <p>For frameworks that construct objects which take secrets. The message of a {@link SecretsException} is kept.
     *
     * @param type the class whose constructor threw
     * @param failure what it threw; a {@link VirtualMachineError} is rethrown
     * @return the exception to throw instead
     */
    public static SecretBindingException thrownBy(Class<?> type, Throwable failure) {
        SecretBindingException safe =
                new SecretBindingException("the constructor of " + type.getName() + " " + problemOf(failure));
        safe.setStackTrace(Gate.stackTrace(failure));
        return safe;
    }

    private static String problemOf(Throwable failure) {
        String problem = Gate.problem(failure);
        return failure instanceof SecretsException ? "failed: " + problem : problem;
    }
}
