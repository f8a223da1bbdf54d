package papertape.cli.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The eight services in the order of the pipeline, each with its main class and heap. */
public enum Stages {
    FEED("papertape.feed.Main", 96),
    ETL("papertape.etl.Main", 96),
    SIGNAL("papertape.signal.Main", 96),
    ORDER("papertape.order.Main", 64),
    RISK("papertape.risk.Main", 96),
    EXECUTION("papertape.execution.Main", 96),
    PNL("papertape.pnl.Main", 64),
    PERSISTENCE("papertape.persistence.Main", 128);

    final String mainClass;
    private final int heapMb;

    Stages(String mainClass, int heapMb) {
        this.mainClass = mainClass;
        this.heapMb = heapMb;
    }

    Jvm.Needs needs() {
        return new Jvm.Needs(heapMb, hasCompactHeaders(), isHot());
    }

    /**
     * Whether it handles every market message, so that the second compiler pays. The others handle so few that it costs
     * more CPU and memory than it saves.
     */
    private boolean isHot() {
        return switch (this) {
            case FEED, ETL, SIGNAL, EXECUTION, PERSISTENCE -> true;
            case ORDER, RISK, PNL -> false;
        };
    }

    /** QuestDB's client knows the layout of objects, and only the usual one. */
    private boolean hasCompactHeaders() {
        return this != PERSISTENCE;
    }

    /** The name in keys and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the accepted ones */
    public static Stages of(String text) {
        for (Stages stage : values()) {
            if (stage.text().equalsIgnoreCase(text) || (stage.text() + "-service").equalsIgnoreCase(text)) {
                return stage;
            }
        }
        List<String> accepted = new ArrayList<>();
        for (Stages stage : values()) {
            accepted.add(stage.text());
        }
        throw new IllegalArgumentException(
                "unknown stage: " + text + " (accepted: " + String.join(", ", accepted) + ")");
    }

    /**
     * Reads {@code etl=3,signal=2}.
     *
     * @throws IllegalArgumentException naming the value and what is accepted
     */
    public static Map<Stages, Integer> workers(List<String> settings) {
        Map<Stages, Integer> workers = new TreeMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not STAGE=N: " + setting);
            }
            workers.put(of(setting.substring(0, equals)), count(setting.substring(equals + 1)));
        }
        return workers;
    }

    /** As above for what anybody may have written: what is no number of workers gives the other. */
    static int count(String text, int otherwise) {
        try {
            return count(text);
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 0 && count <= 64) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number of workers: " + text + " (accepted: 0 to 64)", e);
        }
        throw new IllegalArgumentException("not a number of workers: " + text + " (accepted: 0 to 64)");
    }
}
