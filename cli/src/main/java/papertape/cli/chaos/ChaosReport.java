package papertape.cli.chaos;

import java.util.List;
import java.util.SortedMap;
import papertape.cli.audit.AuditReport;

/**
 * What was done to a stack, and what came out.
 *
 * @param seed gives the same schedule again
 * @param seconds during which faults happened
 * @param drainSeconds from the last fault until everything was handled
 * @param faults that happened
 * @param byKind how often each kind did
 * @param effects processes killed, connections cut and so on
 * @param trades on {@code ticks}; each one that the venue printed, once
 * @param problems what does not hold; empty when everything does
 */
public record ChaosReport(
        long seed,
        double seconds,
        double drainSeconds,
        long faults,
        SortedMap<String, Long> byKind,
        SortedMap<String, Long> effects,
        long trades,
        List<AuditReport.ChannelAudit> channels,
        SortedMap<String, AuditReport.AccountAudit> accounts,
        List<String> problems) {
    public boolean holds() {
        return problems.isEmpty();
    }
}
