package dev.modelsecrets.examples.serving;

import dev.modelsecrets.Secret;
import java.io.IOException;

/** A model that takes its secrets as a record, which is also what declares them. */
public final class UpscalerModel implements Model {

    private final BucketKeys keys;
    private final Upstream service;

    /** Takes what the server has for it. */
    public UpscalerModel(BucketKeys keys, Upstream service) {
        this.keys = keys;
        this.service = service;
    }

    @Override
    public String predict(String input) throws IOException {
        return service.call(keys.bucketAccessKey(), keys.bucketSecretKey().reveal());
    }

    /**
     * Declares {@code bucket_access_key} and {@code bucket_secret_key}.
     *
     * @param bucketAccessKey shown by {@code toString}, like any component of a record
     * @param bucketSecretKey not shown
     */
    public record BucketKeys(String bucketAccessKey, Secret bucketSecretKey) {}
}
