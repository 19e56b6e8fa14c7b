package itests.felix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A way to a server that can be cut: its listener and all its connections are closed, and nobody can connect. It can
 * also lose the server's answers, which then does what it is asked and nobody learns of it.
 */
final class Wire implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private Thread acceptor;
    private int port;
    private volatile boolean losing;

    Wire(int serverPort) throws IOException {
        this.serverPort = serverPort;
        mend();
    }

    /** Where clients connect. */
    int port() {
        return port;
    }

    /** Lets clients connect, at the same port as before. */
    void mend() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(HERE, port));
        listener = opened;
        losing = false;
        port = opened.getLocalPort();
        acceptor = start("wire", () -> accept(opened));
    }

    /** From now on, until it is mended, answers do not come through. */
    void loseAnswers() {
        losing = true;
    }

    void cut() throws IOException {
        listener.close();
        try {
            acceptor.join(); // until it has left its call, the port is still taken
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                Socket server = new Socket(HERE, serverPort);
                sockets.add(client);
                sockets.add(server);
                if (from.isClosed()) { // cut meanwhile
                    client.close();
                    server.close();
                }
                start("wire to the server", () -> copy(client, server, () -> false));
                start("wire from the server", () -> copy(server, client, () -> losing));
            }
        } catch (IOException e) {
            return; // cut
        }
    }

    private static void copy(Socket from, Socket to, BooleanSupplier lost) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!lost.getAsBoolean()) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            return; // cut, or one side has closed
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
