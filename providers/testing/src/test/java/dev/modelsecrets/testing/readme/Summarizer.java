package dev.modelsecrets.testing.readme;

/** A model as its author writes it. */
final class Summarizer {

    private final HuggingFace secrets;

    Summarizer(HuggingFace secrets) {
        this.secrets = secrets;
    }

    String header() {
        return "Bearer " + secrets.hfAccessToken().reveal();
    }

    void load() {
        if (header().contains("expired")) {
            throw new IllegalStateException("the token is refused");
        }
    }
}
