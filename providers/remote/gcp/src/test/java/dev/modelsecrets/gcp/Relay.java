package dev.modelsecrets.gcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on between clients and a server on loopback, until it is told to hang up in the middle of an answer. */
final class Relay implements AutoCloseable {

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger cuts = new AtomicInteger();
    private final int target;

    /** Connections of an earlier number are forgotten: their bytes go nowhere. */
    private final AtomicInteger forgotten = new AtomicInteger();

    Relay(String server) throws IOException {
        target = Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
        start(this::accept);
    }

    String address() {
        return "localhost:" + entrance.getLocalPort();
    }

    /** Passes on half of the next bytes from the server, then resets the connection. */
    void cutNextAnswer() {
        cuts.set(1);
    }

    /** Forgets all present connections without a word to either side, as a firewall does. */
    void forget() {
        forgotten.incrementAndGet();
    }

    boolean hasCut() {
        return cuts.get() == 0;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            start(() -> pass(client, server, false));
            start(() -> pass(server, client, true));
        }
    }

    private void pass(Socket from, Socket to, boolean fromServer) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int number = forgotten.get();
            byte[] bytes = new byte[8192];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (fromServer && cuts.getAndSet(0) > 0) {
                    out.write(bytes, 0, length / 2);
                    out.flush();
                    to.setSoLinger(true, 0);
                    return;
                }
                if (number == forgotten.get()) {
                    out.write(bytes, 0, length);
                    out.flush();
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException end) {
                        // A side hung up, or the relay is closed.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
