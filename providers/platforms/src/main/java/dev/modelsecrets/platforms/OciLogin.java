package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.modelsecrets.Secret;
import dev.modelsecrets.platforms.SecretPlatformException.Effect;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The token of OCI AI Blueprints: given, or fetched once with a user's name and password. Thread-safe. */
final class OciLogin {

    private final String username;
    private final Secret password;
    private @Nullable Header header;

    private OciLogin(String username, Secret password, @Nullable Header header) {
        this.username = username;
        this.password = password;
        this.header = header;
    }

    static OciLogin of(Secret token) {
        return new OciLogin("", token, header(token));
    }

    static OciLogin of(String username, Secret password) {
        return new OciLogin(
                Objects.requireNonNull(username, "username"), Objects.requireNonNull(password, "password"), null);
    }

    private static Header header(Secret token) {
        return Header.of("Authorization", "Token", token);
    }

    /** Returns the header with the token, and logs in before the first time. */
    synchronized Header header(PlatformClient client) {
        if (header == null) {
            header = logIn(client);
        }
        return header;
    }

    private Header logIn(PlatformClient client) {
        // Marks the ends of the form's fields, and so must not occur in them: it is random.
        String boundary = "form-" + UUID.randomUUID();
        byte[] form = (field(boundary, "username", username) + field(boundary, "password", password.reveal()) + "--"
                        + boundary + "--\r\n")
                .getBytes(StandardCharsets.UTF_8);
        Call call = new Call(
                "POST", "/login/", "multipart/form-data; boundary=" + boundary, form, Call.Effect.READ, "the login");
        HttpResponse<byte[]> answer = client.attempt(call, null);
        Failures failures = client.failures();
        if (answer.statusCode() == 400 || answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw failures.of(
                    Effect.NONE_FOR_ALL,
                    "did not accept the login of this user (" + answer.statusCode() + "): check name and password");
        }
        if (answer.statusCode() != 200) {
            throw failures.status(call, answer);
        }
        JsonNode json = Json.parse(answer.body()).orElseThrow(() -> failures.notJson(call));
        String token = json.path("token").textValue();
        if (token == null) {
            throw failures.unlikeDocuments(call, "token");
        }
        try {
            return header(Secret.of(token));
        } catch (IllegalArgumentException e) {
            throw failures.of(Effect.NONE_FOR_ALL, "answered the login with a token that no HTTP header can carry");
        }
    }

    private static String field(String boundary, String name, String value) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
