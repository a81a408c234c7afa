package dev.modelsecrets.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One HTTP request and its answer; {@link HttpURLConnection} starts faster than {@code java.net.http}. */
final class HttpCall {

    private final int status;
    private final String text;

    private HttpCall(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** Sends text, with an {@code Authorization} header unless that is empty. */
    static HttpCall post(URI address, String authorization, String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        if (!authorization.isEmpty()) {
            connection.setRequestProperty("Authorization", authorization);
        }
        try (OutputStream request = connection.getOutputStream()) {
            request.write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new HttpCall(status, new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    int status() {
        return status;
    }

    /** Returns the answer; fails unless the status is 200. Neither address nor header is in the message. */
    String textIfOk() throws IOException {
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException(status + " " + text);
        }
        return text;
    }
}
