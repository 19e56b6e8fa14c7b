package orchestrator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of a type's javadoc, as plain text, in their order. */
final class Sentences {
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private Sentences() {}

    static List<String> of(Path source) throws IOException {
        List<String> sentences = new ArrayList<>();
        Matcher comment = COMMENT.matcher(Files.readString(source));
        while (comment.find()) {
            String text = comment.group(1).replaceAll("(?m)^\\s*\\*", " ").replaceAll("\\s+", " ");
            for (String part : text.split("<p>| (?=@(?:param|return|throws) )", -1)) {
                for (String sentence :
                        part.split(
                                "(?<=[.]) (?=[A-Z{<])|(?<=:) (?=[A-Z]\\w+ [a-z]+ [a-z]+ [a-z])",
                                -1)) {
                    String plain = plain(sentence);
                    if (!plain.isEmpty()) {
                        sentences.add(plain);
                    }
                }
            }
        }
        return sentences;
    }

    private static String plain(String sentence) {
        return sentence.replaceAll("\\{@(?:linkplain|link) [^ }]+ ([^}]+)\\}", "$1")
                .replaceAll("\\{@\\w+ ([^}]*)\\}", "$1")
                .replaceAll("</?[a-z]+>", "")
                .replace('#', '.')
                .replace('|', '/')
                .replaceAll("\\s+", " ")
                .strip();
    }
}
