package papertape.cli.replay;

import java.util.List;
import java.util.SortedMap;
import papertape.cli.audit.Audit;
import papertape.cli.audit.AuditReport;
import papertape.cli.audit.Facts;
import papertape.cli.look.LateOrders;
import papertape.common.message.Channel;

/**
 * What a replay led to.
 *
 * @param raw messages of the recording that the feed has taken, those about the connection included
 * @param gaps numbers missing from any channel
 * @param duplicates numbers, ids or trades that occur twice
 * @param lateOrders orders and requests that came after market data they were to meet; without {@code --free-running} none
 * @param lateByUsMax the largest of their delays, in microseconds
 * @param stored rows of each table of the database
 * @param digests of a replay in lockstep: one of each partition's messages, by {@code channel.partition}
 * @param seconds from the first message played until every stage had drained
 * @param problems what the audit found; empty when it holds
 */
public record ReplayReport(
        long raw,
        SortedMap<String, Facts.InstrumentFacts> instruments,
        long signals,
        long orders,
        long approved,
        long denied,
        long fills,
        long deadLetters,
        long gaps,
        long duplicates,
        long lateOrders,
        long lateByUsMax,
        SortedMap<String, AuditReport.AccountAudit> accounts,
        SortedMap<String, Long> stored,
        SortedMap<String, String> digests,
        double seconds,
        List<String> problems) {
    static ReplayReport of(
            Audit.Result audit,
            long aboutConnection,
            LateOrders late,
            SortedMap<String, String> digests,
            double seconds) {
        Facts facts = audit.facts();
        AuditReport report = audit.report();
        return new ReplayReport(
                facts.messages(Channel.RAW) + aboutConnection,
                facts.instruments(),
                facts.messages(Channel.SIGNALS),
                facts.messages(Channel.ORDERS),
                facts.messages(Channel.APPROVED),
                facts.denied(),
                facts.fills(),
                facts.messages(Channel.DEADLETTER),
                report.gaps(),
                report.duplicates() + facts.repeatedTrades(),
                late.count(),
                late.mostMicros(),
                report.accounts(),
                report.stored(),
                digests,
                seconds,
                report.problems());
    }
}
