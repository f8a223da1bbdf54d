package papertape.common.runtime;

import java.util.Map;
import java.util.TreeMap;

/**
 * A step of a run in lockstep: each task that has something to read handles, in one commit, what had been published when the
 * step began, and nothing newer. So what a task sees together does not depend on the speed of any process. A step is done
 * when every offset has come to its limit.
 *
 * @param number of the step, from 1
 * @param limits number of the last message of each {@code channel.partition} that has something new
 */
record Step(long number, Map<String, Long> limits) {
    /** 0 where the step has nothing of the partition. */
    long limit(String partition) {
        return limits.getOrDefault(partition, 0L);
    }

    /** {@code 12 raw.1=7 ticks.3=4}. */
    String text() {
        StringBuilder text = new StringBuilder().append(number);
        limits.forEach((name, last) -> text.append(' ').append(name).append('=').append((long) last));
        return text.toString();
    }

    /** @throws IllegalArgumentException when it is none */
    static Step of(String text) {
        String[] parts = text.split(" ");
        Map<String, Long> limits = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not a step: " + text);
            }
            limits.put(parts[i].substring(0, equals), Long.parseLong(parts[i].substring(equals + 1)));
        }
        return new Step(Long.parseLong(parts[0]), limits);
    }
}
