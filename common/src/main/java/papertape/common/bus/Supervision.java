package papertape.common.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The right to start and stop the workers of a namespace: one folder's supervisor at a time has it, for as long as it renews
 * it. Redis' clock counts. Used by one thread.
 */
public final class Supervision {
    /**
     * Who has the right.
     *
     * @param machine tells machines and containers apart: two may have the same host name and the same paths
     * @param home the stack's folder on that machine
     */
    public record Holder(String stack, String host, String machine, String home, long pid) {
        /** Whether it is the supervisor of the same folder, which at most one process is. */
        boolean isOfSameFolder(Holder other) {
            return machine.equals(other.machine) && home.equals(other.home);
        }

        private Map<String, String> fields() {
            return Map.of("stack", stack, "host", host, "machine", machine, "home", home, "pid", Long.toString(pid));
        }

        private static Holder of(Map<String, String> fields) {
            String pid = fields.getOrDefault("pid", "");
            return new Holder(
                    fields.getOrDefault("stack", ""),
                    fields.getOrDefault("host", ""),
                    fields.getOrDefault("machine", ""),
                    fields.getOrDefault("home", ""),
                    pid.matches("\\d{1,18}") ? Long.parseLong(pid) : 0);
        }

        @Override
        public String toString() {
            return "process " + pid + " on host " + host + ", folder " + home;
        }
    }

    /** The answer to a supervisor that asks for the lease. */
    public sealed interface Outcome {
        /** The holder that asked has it; nobody, or an earlier process of the same folder, had it before. */
        record Taken() implements Outcome {}

        /** The holder that asked had it already and has it for another while. */
        record Renewed() implements Outcome {}

        /** Another folder's supervisor has it, and loses it in so many milliseconds unless it renews it. */
        record Refused(Holder holder, long endsInMs) implements Outcome {}
    }

    private final Redis redis;
    private final Keys keys;

    public Supervision(Redis redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Takes the right, or renews it. */
    public Outcome take(Holder holder, int leaseMs) {
        List<byte[]> keysAndArgs = new ArrayList<>(List.of(Redis.bytes(keys.supervisor())));
        List<String> args = new ArrayList<>(
                List.of(holder.machine(), holder.home(), Long.toString(holder.pid()), Integer.toString(leaseMs)));
        holder.fields().forEach((field, value) -> args.addAll(List.of(field, value)));
        args.forEach(each -> keysAndArgs.add(Redis.bytes(each)));
        List<?> reply = (List<?>) Objects.requireNonNull(redis.eval(Scripts.SUPERVISE, 1, keysAndArgs));
        return switch (((Long) reply.get(0)).intValue()) {
            case 1 -> new Outcome.Taken();
            case 2 -> new Outcome.Renewed();
            default -> new Outcome.Refused(holder(reply.get(2)), (Long) reply.get(1));
        };
    }

    /** Gives the right back, if the process still has it. */
    public void release(Holder holder) {
        redis.eval(
                Scripts.UNSUPERVISE,
                1,
                List.of(
                        Redis.bytes(keys.supervisor()),
                        Redis.bytes(holder.machine()),
                        Redis.bytes(holder.home()),
                        Redis.bytes(Long.toString(holder.pid()))));
    }

    /** Who has the right at the moment. */
    public Optional<Holder> holder() {
        Map<String, String> fields = redis.hash(keys.supervisor());
        return fields.isEmpty() ? Optional.empty() : Optional.of(Holder.of(fields));
    }

    private static Holder holder(Object reply) {
        Map<String, String> fields = new TreeMap<>();
        Redis.pairs(reply).forEach((field, value) -> fields.put(field, Redis.text(value)));
        return Holder.of(fields);
    }
}
