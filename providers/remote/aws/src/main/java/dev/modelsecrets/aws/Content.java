package dev.modelsecrets.aws;

import dev.modelsecrets.remote.Answer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** What a secret holds: text, or bytes that have to be text. */
final class Content {

    private Content() {}

    static Answer of(@Nullable String text, @Nullable SdkBytes binary, String where) {
        if (text != null) {
            return Answer.text(text);
        }
        if (binary == null) {
            return Answer.failed(where + " came without a value");
        }
        try {
            return Answer.text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(binary.asByteBuffer())
                    .toString());
        } catch (CharacterCodingException e) {
            return Answer.failed(where + " is binary and not UTF-8: store it as text, in base64 for example");
        }
    }
}
