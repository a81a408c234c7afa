package dev.modelsecrets.examples.benchmarks.store.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What any program needs that verifies an HMAC over the file of 1,000 secrets and decrypts ten values with the JDK: no
 * format is read, no name is looked for.
 */
public final class JdkFloor {

    private static final int NONCE = 12;

    private JdkFloor() {}

    /** Takes the directory with the key, the file, and ten encrypted values as long as each other. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Path directory = Path.of(arguments[0]);
        byte[] key = Files.readAllBytes(directory.resolve("key"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        int bytes = mac.doFinal(Files.readAllBytes(directory.resolve("secrets.json"))).length;

        byte[] sealed = Files.readAllBytes(directory.resolve("sealed"));
        int count = arguments.length - 1;
        int length = sealed.length / count;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        int characters = 0;
        for (int i = 0; i < count; i++) {
            byte[] one = Arrays.copyOfRange(sealed, i * length, (i + 1) * length);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, one, 0, NONCE));
            characters += cipher.doFinal(one, NONCE, length - NONCE).length;
        }
        System.out.println(bytes < 0 ? "" : count + " secrets, " + characters + " characters");
    }
}
