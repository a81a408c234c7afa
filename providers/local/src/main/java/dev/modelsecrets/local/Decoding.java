package dev.modelsecrets.local;

import java.util.Base64;
import java.util.Optional;

/** Decodes values; the decoders' own messages quote them and are dropped. */
final class Decoding {

    private Decoding() {}

    static Optional<String> base64(String value) {
        return Optional.of(text(Base64.getDecoder(), value, "base64"));
    }

    static Optional<String> base64Url(String value) {
        return Optional.of(text(Base64.getUrlDecoder(), value, "base64url"));
    }

    private static String text(Base64.Decoder decoder, String value, String encoding) {
        byte[] bytes;
        try {
            bytes = decoder.decode(value.replaceAll("[\r\n]", "").strip());
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("is not valid " + encoding);
        }
        try {
            return StrictText.decode(bytes);
        } catch (StrictText.UnreadableException e) {
            throw new UndecodableException("decodes to something that is not text in UTF-8");
        }
    }

    /** Returns the field of a JSON document, or empty if it has none there. */
    static Optional<String> field(String pointer, String json) {
        try {
            return JsonField.at(pointer, json);
        } catch (JsonField.MalformedJsonException e) {
            throw new UndecodableException("is not valid JSON");
        }
    }
}
