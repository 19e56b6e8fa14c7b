package itests.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The network between one node and its store, on loopback. It can be away; it can hold what it is given and deliver it
 * late; it can cut a connection after a request went through and before the answer came.
 */
final class CutProxy implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile ServerSocket listener;
    private volatile boolean held;

    /**
     * @param target the server's port
     */
    CutProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = listener.getLocalPort();
        accept(listener);
    }

    int port() {
        return port;
    }

    /** How many connections were cut between request and answer. */
    int cuts() {
        return cuts.get();
    }

    /** The next request goes through, and its connection is reset instead of an answer. */
    void cutNext() {
        toCut.incrementAndGet();
    }

    void cutNoMore() {
        toCut.set(0);
    }

    /** What is sent from now on, either way, is delivered when the hold ends. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
    }

    /** Nobody listens, and all connections are reset. */
    void away() throws IOException {
        listener.close();
        pairs.forEach(Pair::close);
    }

    void back() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener = again;
        accept(again);
    }

    private void accept(ServerSocket from) {
        start(
                () -> {
                    while (!from.isClosed()) {
                        connect(from.accept());
                    }
                });
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) { // no server at the moment: no connection
            client.close();
            return;
        }
        Pair pair = new Pair(client, server);
        pairs.add(pair);
        start(pair::requests);
        start(pair::answers);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                Thread.currentThread().interrupt(); // closed: that is its end
                            }
                        },
                        "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        away();
    }

    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean muted;

        Pair(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            client.setSoLinger(true, 0); // a reset, not an orderly end
        }

        void requests() throws IOException {
            pump(client, server, true);
        }

        void answers() throws IOException {
            pump(server, client, false);
        }

        private void pump(Socket from, Socket to, boolean request) throws IOException {
            byte[] buffer = new byte[65536];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    while (held && !client.isClosed()) {
                        LockSupport.parkNanos(5_000_000L);
                    }
                    if (request && toCut.getAndUpdate(c -> Math.max(0, c - 1)) > 0) {
                        muted = true;
                        cuts.incrementAndGet();
                    } else if (!request && muted) {
                        return; // the server has answered; nobody will know
                    }
                    out.write(buffer, 0, n);
                }
            } finally {
                close();
            }
        }

        void close() {
            pairs.remove(this);
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
