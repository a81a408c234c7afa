package dev.modelsecrets.remote.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hands bytes on, as a NAT does, and can forget the connections that there are: they stay open, and nothing gets
 * through.
 */
public final class ForgetfulRelay implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();

    /** Starts one in front of a server on loopback. */
    public ForgetfulRelay(URI server) throws IOException {
        target = server.getPort();
        start(this::accept);
    }

    /** Returns the address to ask in the place of the server. */
    public URI address(String scheme) {
        return URI.create(scheme + "://localhost:" + listener.getLocalPort());
    }

    /** Forgets the connections so far. */
    public void forget() {
        forgotten.addAll(accepted);
    }

    /** Returns how many connections there have been. */
    public int connections() {
        return accepted.size();
    }

    /** Returns how many of them their clients have not closed. */
    public int openConnections() {
        return open.size();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of both sides is gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server;
            try {
                server = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException nobodyThere) {
                client.close();
                continue;
            }
            accepted.add(client);
            open.add(client);
            start(() -> {
                try {
                    pass(client, client.getInputStream(), server.getOutputStream());
                } finally {
                    open.remove(client);
                    server.close();
                    client.close();
                }
            });
            start(() -> {
                try {
                    pass(client, server.getInputStream(), client.getOutputStream());
                } finally {
                    client.close();
                }
            });
        }
    }

    private void pass(Socket client, InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            if (!forgotten.contains(client)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }
}
