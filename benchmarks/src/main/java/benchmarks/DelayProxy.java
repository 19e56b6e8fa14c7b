package benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A wire to a server on which each answer takes so much longer, as if the server were slow to commit. Answers on
 * different connections do not wait for each other.
 */
final class DelayProxy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int serverPort;
    private final long delayNanos;

    private record Part(long due, ByteArrayInputStream bytes) {}

    DelayProxy(int serverPort, long delayNanos) throws IOException {
        this.serverPort = serverPort;
        this.delayNanos = delayNanos;
        threads.execute(this::accept);
    }

    /** A database of that server by this wire. */
    String of(String url) {
        return url.replaceFirst(":" + serverPort + "/", ":" + socket.getLocalPort() + "/");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                BlockingQueue<Part> answers = new LinkedBlockingQueue<>();
                threads.execute(() -> requests(client, server));
                threads.execute(() -> answers(server, answers));
                threads.execute(() -> deliver(answers, client));
            }
        } catch (IOException e) {
            threads.shutdownNow(); // closed
        }
    }

    private static void requests(Socket client, Socket server) {
        try (server;
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one side has gone, and the other goes too
        }
    }

    private void answers(Socket server, BlockingQueue<Part> answers) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = server.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answers.add(
                        new Part(
                                System.nanoTime() + delayNanos,
                                new ByteArrayInputStream(Arrays.copyOf(buffer, n))));
            }
        } catch (IOException e) {
            // the same
        } finally {
            answers.add(new Part(System.nanoTime(), new ByteArrayInputStream(new byte[0])));
        }
    }

    private static void deliver(BlockingQueue<Part> answers, Socket client) {
        try (client;
                OutputStream out = client.getOutputStream()) {
            for (Part part = answers.take(); part.bytes.available() > 0; part = answers.take()) {
                TimeUnit.NANOSECONDS.sleep(part.due - System.nanoTime());
                part.bytes.transferTo(out);
            }
        } catch (IOException e) {
            // the same
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
