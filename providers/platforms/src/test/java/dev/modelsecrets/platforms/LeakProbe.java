package dev.modelsecrets.platforms;

import dev.modelsecrets.Secret;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Pushes to all platforms over TLS and prints all there is to print; run in a JVM that logs as much as it can. */
final class LeakProbe {

    static final String VALUE = "sentinel-value-of-a-secret";

    private LeakProbe() {}

    /** Takes the directory for the certificate. */
    public static void main(String[] arguments) throws Exception {
        SSLContext tls = TestCertificate.context(Path.of(arguments[0]));
        Secrets secrets = Secrets.of(Map.of("my-secret", VALUE));
        try (LoopbackServer baseten = LoopbackServer.https(tls, new BasetenDouble());
                LoopbackServer bento = LoopbackServer.https(tls, new BentoCloudDouble());
                LoopbackServer oci = LoopbackServer.https(tls, new OciDouble())) {
            Secret password = Secret.of(OciDouble.PASSWORD);
            for (SecretPlatform platform : List.of(
                    BasetenPlatform.builder(Secret.of(BasetenDouble.KEY))
                            .endpoint(endpoint(baseten, tls))
                            .build(),
                    BentoCloudPlatform.builder(endpoint(bento, tls), Secret.of(BentoCloudDouble.TOKEN))
                            .build(),
                    OciBlueprintsPlatform.builder(endpoint(oci, tls), "admin", password)
                            .build())) {
                push(platform, secrets);
            }
        }
    }

    private static Endpoint endpoint(LoopbackServer server, SSLContext tls) {
        return Endpoint.of(server.address()).withTls(tls);
    }

    private static void push(SecretPlatform platform, Secrets secrets) {
        try (platform) {
            PushPlan plan = platform.plan(secrets);
            PushReport report = platform.push(plan);
            System.out.println(platform + "\n" + plan + "\n" + plan.items() + "\n" + report + report.results()
                    + report.remaining() + platform.list() + platform.find("my-secret"));
            System.out.println(report.isComplete() ? "complete" : "incomplete");
        } catch (SecretPlatformException e) {
            e.printStackTrace(System.out);
        }
    }
}
