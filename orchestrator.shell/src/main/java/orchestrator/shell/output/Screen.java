package orchestrator.shell.output;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.ansi.SimpleAnsi;

/**
 * Where a command writes, and what can be shown there.
 *
 * @param out the stream: the terminal, a pipe, a file or a connection
 * @param width how many characters a line can have
 * @param terminal whether it is a terminal that people look at: colours, and lines that are written over, only there
 * @param charset what the stream is likely to encode
 */
public record Screen(PrintStream out, int width, boolean terminal, Charset charset) {
    private static final int UNKNOWN_WIDTH = 80;

    /** The screen of the command that runs on the calling thread. */
    public static Screen of(Session session) {
        Process process = Process.Utils.current();
        PrintStream out = process == null ? session.getConsole() : process.out();
        Terminal terminal = session.getTerminal();
        Charset charset =
                Charset.forName(
                        System.getProperty("native.encoding", Charset.defaultCharset().name()));
        if (terminal == null
                || !terminal.isAnsiSupported()
                || process == null
                || !process.isTty(1)) {
            return new Screen(out, Integer.MAX_VALUE, false, charset);
        }
        int width = terminal.getWidth();
        return new Screen(out, width > 0 ? width : UNKNOWN_WIDTH, true, charset);
    }

    /** So many things: {@code 1 run}, {@code 1,204 runs}. */
    public static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    /** One line. */
    public void line(String text) {
        out.println(text);
    }

    /** One line that begins with a status, in its colour on a terminal. */
    public void status(String status, String text) {
        String padded = "%-8s".formatted(status).substring(status.length());
        line(StatusColour.paint(this, status) + padded + oneLine(text));
    }

    /** One line that says one thing by its name; nothing if there is nothing to say. */
    void fact(String name, String value) {
        if (!value.isEmpty()) {
            line("%-10s %s".formatted(name, oneLine(value)));
        }
    }

    /** The text in red on a terminal, as it is elsewhere. */
    public String alarm(String text) {
        return terminal ? SimpleAnsi.COLOR_RED + text + SimpleAnsi.COLOR_DEFAULT : text;
    }

    /** The text, on one line of at most so many characters; a cut is marked. */
    public String cut(String text, int length) {
        return shortened(oneLine(text), length);
    }

    /** The same, with the spaces before it. */
    String cutKeepingIndent(String text, int length) {
        return shortened(oneLineKeepingIndent(text), length);
    }

    private String shortened(String line, int length) {
        if (line.length() <= length) {
            return line;
        }
        String mark = charset.newEncoder().canEncode('…') ? "…" : "..";
        return length <= mark.length()
                ? line.substring(0, length)
                : line.substring(0, length - mark.length()) + mark;
    }

    /** The same, with the spaces before it. */
    static String oneLineKeepingIndent(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]+", " ");
    }

    /** The text with line breaks and control characters, which could steer a terminal, as spaces. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]+", " ").strip();
    }
}
