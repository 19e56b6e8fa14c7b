package itests.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Assume;

/** A file system of a few megabytes in memory, which can be filled. To make one takes the rights of root. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Mounts one; the test is left out where that cannot be done. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("umount", folder.toString()); // of an earlier test that was killed
        int exit =
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + folder);
        Assume.assumeTrue(
                "Left out: a small file system could not be mounted (exit code %d; it takes root)"
                        .formatted(exit),
                exit == 0);
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes all the space that is left. */
    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (int i = 0; i < 1_000_000; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!Files.exists(ballast)) {
                throw e;
            }
        }
        if (Files.getFileStore(folder).getUsableSpace() > 4096) {
            throw new IOException("Expected the disk to be full");
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
