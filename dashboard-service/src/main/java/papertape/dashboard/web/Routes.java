package papertape.dashboard.web;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which part of the service answers which path. */
public final class Routes {
    /** Answers one kind of request. An IllegalArgumentException is a bad request, with its message as the reason. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(Request request);
    }

    private final Map<String, Handler> reads = new TreeMap<>();
    private final Map<String, Handler> changes = new TreeMap<>();

    public Routes read(String path, Handler handler) {
        reads.put(path, handler);
        return this;
    }

    public Routes change(String path, Handler handler) {
        changes.put(path, handler);
        return this;
    }

    @Nullable
    Handler find(String path, boolean isChange) {
        return isChange ? changes.get(path) : reads.get(path);
    }
}
