package dev.modelsecrets.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of authorities in PEM files, as a pod or an operator has them. */
public final class Certificates {

    private Certificates() {}

    /**
     * Returns what trusts the authorities of a file, and no other.
     *
     * @param pemFile one or more certificates in PEM form
     * @return a context for TLS
     * @throws IOException if it is not such a file; the message says so, and names it
     */
    public static SSLContext trusting(Path pemFile) throws IOException {
        try (InputStream in = Files.newInputStream(pemFile)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count > 0) {
                return trusting(store);
            }
        } catch (IOException | GeneralSecurityException e) {
            // Said below, without the words of a parser.
        }
        throw new IOException("the CA certificates in " + pemFile
                + (Files.exists(pemFile)
                        ? " cannot be read: it must be a file of certificates in PEM form"
                        : " cannot be read: the file does not exist"));
    }

    private static SSLContext trusting(KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
