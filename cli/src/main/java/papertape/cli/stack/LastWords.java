package papertape.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a process has said last of what is wrong, from its log. */
final class LastWords {
    private static final int TAIL_BYTES = 16_384;
    private static final int MOST_CHARS = 300;
    private static final Pattern WRONG =
            Pattern.compile("ERROR|WARN |Error|Exception|cannot|Unrecognized|\\[(?i:fatal)]");
    /** Stack traces, and what Java says after each reason not to start. */
    private static final Pattern NO_REASON =
            Pattern.compile("^\\s+(at |\\.\\.\\.).*|Error: (A fatal exception has|Could not create the Java).*");

    private LastWords() {}

    /** The last line that names something wrong, else the last one; a text that says so where there is none. */
    static String in(Path log) {
        try {
            List<String> lines = tail(log)
                    .lines()
                    .filter(line -> !line.isBlank() && !NO_REASON.matcher(line).matches())
                    .toList();
            String last = lines.isEmpty() ? "nothing" : lines.getLast();
            String wrong = lines.stream()
                    .filter(line -> WRONG.matcher(line).find())
                    .reduce((first, second) -> second)
                    .orElse(last);
            return wrong.length() > MOST_CHARS ? wrong.substring(0, MOST_CHARS) + " ..." : wrong.strip();
        } catch (IOException e) {
            return "nothing that could be read";
        }
    }

    private static String tail(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
