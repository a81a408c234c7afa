package dev.modelsecrets.gcp;

import com.google.api.core.ApiFunction;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.protobuf.ByteString;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gRPC server on loopback, with faults. */
final class SecretManagerServer implements AutoCloseable {

    final SecretManagerService service = new SecretManagerService();
    final Faults faults = new Faults();
    private final Server server;
    private final String address;

    SecretManagerServer() throws IOException {
        server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(ServerInterceptors.intercept(
                        ServerInterceptors.useInputStreamMessages(service.bindService()), faults))
                .build()
                .start();
        address = "localhost:" + server.getPort();
    }

    String address() {
        return address;
    }

    /** Adds a version to a secret of the test project, as an administrator does. */
    void add(String secret, ByteString data) {
        service.add("projects/test-project/secrets/" + secret, data);
    }

    /** Changes a client to one without encryption and login, for this server and for emulators. */
    @SuppressWarnings("rawtypes") // as gax has it
    static void plaintext(SecretManagerServiceSettings.Builder settings) {
        ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> before = null;
        if (settings.getTransportChannelProvider() instanceof InstantiatingGrpcChannelProvider grpc) {
            before = grpc.toBuilder().getChannelConfigurator();
        }
        ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> options = before;
        settings.setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(InstantiatingGrpcChannelProvider.newBuilder()
                        .setChannelConfigurator(
                                channel -> (options == null ? channel : options.apply(channel)).usePlaintext())
                        .build());
    }

    /** Returns a client of somebody else's. */
    static SecretManagerServiceClient client(String address) throws IOException {
        SecretManagerServiceSettings.Builder settings =
                SecretManagerServiceSettings.newBuilder().setEndpoint(address);
        plaintext(settings);
        return SecretManagerServiceClient.create(settings.build());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
