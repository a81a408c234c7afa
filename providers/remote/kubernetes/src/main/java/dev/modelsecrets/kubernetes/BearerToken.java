package dev.modelsecrets.kubernetes;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tokens in requests. */
final class BearerToken {

    /** What RFC 6750 lets a token be made of, and a little more. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private BearerToken() {}

    /** Returns a login by the token that is in a file at the time of each request. */
    static Login inFile(Path file) {
        return request -> authorize(request, read(file), file.toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            throw new UnusableConfigurationException("the token file " + file + " does not exist");
        } catch (IOException e) {
            throw new UnusableConfigurationException("the token file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** Adds a token that the JDK takes: of any other it would quote all in its exception. */
    static void authorize(HttpRequest.Builder request, String token, String source) {
        if (!TOKEN.matcher(token).matches()) {
            throw new UnusableConfigurationException(
                    token.isEmpty()
                            ? source + " holds no token"
                            : source + " holds no usable token: it has several lines, spaces or characters that are"
                                    + " not ASCII");
        }
        request.setHeader("Authorization", "Bearer " + token);
    }
}
