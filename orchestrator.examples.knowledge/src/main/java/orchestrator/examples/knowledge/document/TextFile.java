package orchestrator.examples.knowledge.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that may be anything: never more than a limit, never a pipe, and only strict UTF-8. */
final class TextFile {
    private final long maxBytes;

    TextFile(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    String read(Path file) throws BrokenDocument {
        return decode(bytes(file));
    }

    private byte[] bytes(Path file) throws BrokenDocument {
        if (Files.isDirectory(file)) {
            throw new BrokenDocument("Expected a file, but found a folder");
        }
        if (!Files.exists(file)) {
            throw new BrokenDocument(
                    Files.isSymbolicLink(file)
                            ? "Expected a file, but found a link that leads nowhere"
                            : "Expected a file, but found nothing under this name");
        }
        // Opening a pipe would wait for its writer for ever.
        if (!Files.isRegularFile(file)) {
            throw new BrokenDocument("Expected a regular file, but found something else");
        }
        try (InputStream in = Files.newInputStream(file)) {
            checkSize(Files.size(file));
            // The size can have changed since; what is read is what counts.
            byte[] bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
            checkSize(bytes.length);
            return bytes;
        } catch (AccessDeniedException e) {
            throw new BrokenDocument("Expected a readable file, but found no permission to read");
        } catch (IOException e) {
            throw new BrokenDocument("Expected a readable file, but found " + e);
        }
    }

    private void checkSize(long size) throws BrokenDocument {
        if (size > maxBytes) {
            throw new BrokenDocument(
                    "Expected a file of at most %,d bytes, but found %s"
                            .formatted(
                                    maxBytes,
                                    size == maxBytes + 1 ? "more" : "%,d".formatted(size)));
        }
        if (size == 0) {
            throw new BrokenDocument(1, 1, "Expected a JSON object, but found an empty file");
        }
    }

    private static String decode(byte[] bytes) throws BrokenDocument {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int lineStart = text.lastIndexOf('\n') + 1;
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            throw new BrokenDocument(
                    line,
                    text.length() - lineStart + 1,
                    "Expected text in UTF-8, but found the byte 0x%02X at offset %,d"
                            .formatted(bytes[in.position()], in.position()));
        }
        // Editors of one platform write a byte order mark, which is no part of the text.
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
