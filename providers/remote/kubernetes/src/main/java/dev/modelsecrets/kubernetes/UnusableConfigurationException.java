package dev.modelsecrets.kubernetes;

/** Says why there is nobody to ask, or nobody to ask as; the message is for people, and quotes no credential. */
final class UnusableConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableConfigurationException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
