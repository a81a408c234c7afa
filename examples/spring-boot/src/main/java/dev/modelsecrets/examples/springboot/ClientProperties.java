package dev.modelsecrets.examples.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of a client, one of which has a secret in it; bound anew after a rotation. */
@ConfigurationProperties("client")
public class ClientProperties {

    private volatile String authorization = "";

    /** Made by Spring. */
    public ClientProperties() {}

    /**
     * Returns the header to send.
     *
     * @return the header of the newest secret
     */
    public String getAuthorization() {
        return authorization;
    }

    /**
     * Sets the header to send.
     *
     * @param authorization the header
     */
    public void setAuthorization(String authorization) {
        this.authorization = authorization;
    }
}
