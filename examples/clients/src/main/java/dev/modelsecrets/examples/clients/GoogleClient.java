package dev.modelsecrets.examples.clients;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import dev.modelsecrets.RefreshingSecrets;

/** Google's SDK takes the key as a text when it is built. */
final class GoogleClient {

    private GoogleClient() {}

    static RebuiltClient<Client> create(RefreshingSecrets secrets, String server) {
        return new RebuiltClient<>(
                secrets,
                newest -> Client.builder()
                        .apiKey(newest.require("google_api_key"))
                        .vertexAI(false) // whatever the variables of this process say
                        .httpOptions(HttpOptions.builder().baseUrl(server).build())
                        .build(),
                Client::close);
    }
}
