package dev.modelsecrets.examples.quickstart;

import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Restores a photo and stores it in a bucket, with the four settings that the GFP-GAN example of Truss declares.
 *
 * <p>It takes its secrets as {@link Secrets}, for {@code require}: a name that nobody declared is an error that says
 * so, where a map gives null.
 */
public final class GfpganModel {

    private final URI storage;
    private final Secrets secrets;
    private @Nullable URI bucket;

    /**
     * Creates a model that is not loaded yet.
     *
     * @param storage the storage service
     * @param secrets has the four names that start with {@code gfpgan_aws_}
     */
    public GfpganModel(URI storage, Secrets secrets) {
        this.storage = storage;
        this.secrets = secrets;
    }

    /** Prepares everything that all predictions share. */
    public void load() {
        bucket = storage.resolve(
                "/" + secrets.require("gfpgan_aws_region") + "/" + secrets.require("gfpgan_aws_bucket") + "/");
    }

    /**
     * Restores a photo.
     *
     * @param photo its file name
     * @return the name that it has in the bucket now
     * @throws IOException if the storage refuses or cannot be reached
     */
    public String predict(String photo) throws IOException {
        if (bucket == null) {
            throw new IllegalStateException("load comes before predict");
        }
        String restored = "restored-" + photo;
        HttpCall.post(bucket.resolve(restored), credentials(), "pixels").textIfOk();
        return restored;
    }

    /** Sends the key as it is, which keeps this short; S3 wants a signature made with it. */
    private String credentials() {
        String pair =
                secrets.require("gfpgan_aws_access_key_id") + ":" + secrets.require("gfpgan_aws_secret_access_key");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
