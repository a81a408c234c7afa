package dev.modelsecrets.cli;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import picocli.CommandLine.Model.CommandSpec;

/** A random value in letters that every place can hold. */
final class RandomValue {

    private static final int BYTES = 32;

    private RandomValue() {}

    static void describe(CommandSpec spec) {
        Options.value(spec, "--bytes", "NUMBER", "how many random bytes, 16 to 1024; 32 by default");
        Options.flag(spec, "--hex", "hexadecimal in place of base64 for URLs");
    }

    static String of(Call call) {
        long count = call.has("--bytes")
                ? SecretOptions.version("--bytes", call.text("--bytes").orElse(""))
                : BYTES;
        if (count < 16 || count > 1024) {
            throw CommandException.usage("--bytes is a number from 16 to 1024");
        }
        byte[] bytes = new byte[(int) count];
        new SecureRandom().nextBytes(bytes);
        return call.has("--hex")
                ? HexFormat.of().formatHex(bytes)
                : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
