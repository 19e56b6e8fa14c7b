package orchestrator.definitions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The text of a workflow file, of which never more than the limit is read. */
final class FileContent {
    static final int LIMIT = 4 * 1024 * 1024;

    private final String file;

    FileContent(String file) {
        this.file = file;
    }

    String read(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw Place.wrong(
                        file,
                        Files.exists(path)
                                ? "Expected a file, but found a directory or a device."
                                : "Expected a file, but found nothing.");
            }
            long size = Files.size(path);
            if (size > LIMIT) {
                throw tooLarge("%,d bytes".formatted(size));
            }
            try (InputStream in = Files.newInputStream(path)) {
                return read(in);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    String read(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw tooLarge("more");
            }
            return checked(decoded(bytes));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RuntimeException tooLarge(String found) {
        return Place.wrong(
                file,
                "Expected a workflow file of at most %,d bytes, but found %s."
                        .formatted(LIMIT, found));
    }

    private RuntimeException unreadable(IOException e) {
        return Place.wrong(file, "Expected a file that can be read, but found: " + e + ".");
    }

    private String decoded(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw end(text)
                    .wrong(
                            "Expected text in UTF-8, but found the byte 0x%02X that is none; save the file as UTF-8."
                                    .formatted(bytes[in.position()]));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private String checked(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                throw end(text.substring(0, i))
                        .wrong(
                                "Expected printable characters, but found U+%04X; remove it or write it as an escape in double quotes."
                                        .formatted(c));
            }
        }
        return text;
    }

    /** The place after the given beginning of the file. */
    private Place end(String text) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((c == '\n' || c == '\r') && !pair) {
                line++;
                start = i + 1;
            }
        }
        return new Place(file, line, text.codePointCount(start, text.length()) + 1);
    }
}
