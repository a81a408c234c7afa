package dev.modelsecrets.spring.readme;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class Client {

    private final ObjectProvider<HuggingFace> secrets;

    Client(ObjectProvider<HuggingFace> secrets) {
        this.secrets = secrets;
    }

    String header() {
        return "Bearer " + secrets.getObject().hfAccessToken().reveal(); // the newest one
    }
}
