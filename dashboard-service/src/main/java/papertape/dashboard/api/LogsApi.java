package papertape.dashboard.api;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import papertape.common.text.Printable;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;

/** The latest lines of the stack's log files, by service and level. */
public final class LogsApi {
    /** Environment variable: the folder of the logs; empty where there is none, as in a container. */
    public static final String FOLDER = "PAPERTAPE_DASHBOARD_LOGS";

    private static final int TAIL_BYTES = 256 * 1024;
    private static final int MAX_LINES = 2_000;
    private static final int USUAL_LINES = 300;
    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARN", "ERROR");
    /** A line of Papertape's as text or as JSON, or one of a server's. */
    private static final Pattern TEXT = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3})\\d*Z\\s+(DEBUG|INFO|WARN|ERROR)\\s+(.*)");

    private static final Pattern JSON_LEVEL = Pattern.compile("\"level\":\"(DEBUG|INFO|WARN|ERROR)\"");

    /** @param time as the line has it, UTC; empty where it has none that is understood */
    record Line(String service, String time, String level, String text) {}

    record Logs(List<String> services, List<Line> lines, String problem) {}

    private final String folder;

    public LogsApi(String folder) {
        this.folder = folder;
    }

    /** Names of the services that have a log file. */
    public List<String> services() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".log") && !name.equals("up.log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer logs(Request request) {
        if (folder.isEmpty()) {
            return Answer.of(new Logs(List.of(), List.of(), "the logs of containers are shown by docker compose logs"));
        }
        String wanted = request.get("service");
        String level = request.get("level").toUpperCase(Locale.ROOT);
        String text = request.get("text").toLowerCase(Locale.ROOT);
        List<String> services = services();
        List<Line> lines = new ArrayList<>();
        for (String service : services) {
            if (wanted.isEmpty() || service.equals(wanted)) {
                read(service).stream()
                        .filter(line -> isAtLeast(line.level(), level))
                        .filter(line -> text.isEmpty()
                                || line.text().toLowerCase(Locale.ROOT).contains(text))
                        .forEach(lines::add);
            }
        }
        lines.sort(Comparator.comparing(Line::time));
        int most = request.number("limit", USUAL_LINES, MAX_LINES);
        List<Line> latest =
                lines.subList(Math.max(0, lines.size() - most), lines.size()).reversed();
        return Answer.of(new Logs(services, latest, ""));
    }

    private static boolean isAtLeast(String level, String wanted) {
        return wanted.isEmpty() || LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
    }

    private List<Line> read(String service) {
        List<Line> lines = new ArrayList<>();
        String time = "";
        for (String text : tail(Path.of(folder, service + ".log")).split("\n")) {
            Matcher own = TEXT.matcher(text);
            Matcher json = JSON_LEVEL.matcher(text);
            if (own.matches()) {
                time = own.group(1);
                lines.add(new Line(service, time, own.group(2), Printable.line(own.group(3))));
            } else if (!text.isBlank()) {
                // a stack trace's line, or a server's own form: it stands behind the line before it
                lines.add(new Line(service, time, json.find() ? json.group(1) : "INFO", Printable.line(text)));
            }
        }
        return lines;
    }

    private static String tail(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - TAIL_BYTES);
            in.seek(from);
            byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, in.length() - from)];
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (IOException e) {
            return "";
        }
    }
}
