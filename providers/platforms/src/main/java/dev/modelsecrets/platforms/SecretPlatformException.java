package dev.modelsecrets.platforms;

import dev.modelsecrets.SecretsException;

/**
 * A platform could not be reached, refused a request, or answered with something else than its documents say.
 *
 * <p>The message begins with the platform's name and never quotes an answer, which may hold what was sent.
 */
public final class SecretPlatformException extends SecretsException {

    private static final long serialVersionUID = 1L;

    private final String platform;
    private final Effect effect;

    /** What a request that failed has done. */
    enum Effect {
        /** The platform has not carried it out. */
        NONE,
        /** The platform has not carried it out, and would refuse all others for the same reason. */
        NONE_FOR_ALL,
        /** The platform may have carried it out: its answer is missing or cannot be understood. */
        UNKNOWN
    }

    SecretPlatformException(String platform, Effect effect, String problem) {
        super(platform + ": " + problem);
        this.platform = platform;
        this.effect = effect;
    }

    /**
     * Returns the name of the platform.
     *
     * @return the name, such as {@code BentoCloud}
     */
    public String platform() {
        return platform;
    }

    Effect effect() {
        return effect;
    }

    /** Returns the message without the platform's name in front. */
    String problem() {
        return String.valueOf(getMessage()).substring(platform.length() + 2);
    }
}
