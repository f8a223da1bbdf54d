package papertape.look;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import papertape.common.bus.Redis;

/**
 * Whether a Redis that answers can do what a stack needs. It looks at {@code INFO}; where the credentials do not allow that,
 * nothing is found.
 */
public final class RedisFitness {
    private static final String NOT_EVICTING = "noeviction";

    private final Map<String, String> info;

    /** @param info what {@code INFO} answers */
    public RedisFitness(String info) {
        Map<String, String> found = new HashMap<>();
        info.lines().map(String::strip).filter(line -> line.indexOf(':') > 0).forEach(line -> {
            int colon = line.indexOf(':');
            found.put(line.substring(0, colon), line.substring(colon + 1));
        });
        this.info = found;
    }

    public static RedisFitness of(Redis redis) {
        try {
            return new RedisFitness(Redis.text((byte[]) Objects.requireNonNull(redis.call("INFO"))));
        } catch (Redis.Refused e) {
            if (String.valueOf(e.getMessage()).startsWith("NOPERM")) {
                return new RedisFitness("");
            }
            throw e;
        }
    }

    /** Why a stack must not be started on it; these do not pass by themselves. */
    public List<String> unfit() {
        List<String> found = new ArrayList<>();
        if (is("role", "slave")) {
            found.add("READONLY it is a replica of " + value("master_host") + ":" + value("master_port")
                    + ", and takes no writes of a stack: name the primary");
        }
        if (is("redis_mode", "cluster")) {
            found.add("CROSSSLOT it is a node of a cluster, and a commit's keys are in several of its slots:"
                    + " name a server with cluster-enabled no");
        }
        if (is("redis_mode", "sentinel")) {
            found.add("it is a sentinel, which keeps no data: name the primary that it watches");
        }
        String policy = value("maxmemory_policy");
        if (number("maxmemory") > 0 && !policy.isEmpty() && !policy.equals(NOT_EVICTING)) {
            found.add("it throws keys away when it is full (maxmemory " + number("maxmemory") + ", maxmemory-policy "
                    + policy + "), and with them journals and positions: set maxmemory-policy to " + NOT_EVICTING);
        }
        return found;
    }

    /** @throws IOException naming what must change before a stack can be started on it */
    public void require(String url) throws IOException {
        List<String> unfit = unfit();
        if (!unfit.isEmpty()) {
            String address = url.substring(Math.max(url.lastIndexOf('@'), url.lastIndexOf("//") + 1) + 1);
            throw new IOException("redis at " + address + ": " + String.join("; ", unfit));
        }
    }

    /** What is wrong with it at the moment, the above included. */
    public List<String> problems() {
        List<String> found = new ArrayList<>(unfit());
        if (number("maxmemory") > 0 && number("used_memory") >= number("maxmemory")) {
            found.add("OOM it is full (used_memory " + number("used_memory") + ", maxmemory " + number("maxmemory")
                    + ") and takes no writes: raise maxmemory, or lower bus.journalTail");
        }
        if (is("aof_enabled", "1") && is("aof_last_write_status", "err")) {
            found.add("MISCONF it cannot write its append-only file, and takes no writes until it can:"
                    + " make room on its disk");
        }
        if (is("loading", "1")) {
            found.add("LOADING it reads its data; this ends by itself");
        }
        return found;
    }

    private boolean is(String name, String value) {
        return value(name).equals(value);
    }

    private String value(String name) {
        return info.getOrDefault(name, "");
    }

    private long number(String name) {
        String text = value(name);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
