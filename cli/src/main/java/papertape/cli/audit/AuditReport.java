package papertape.cli.audit;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;
import papertape.common.value.Qty;

/**
 * What an audit found.
 *
 * @param stored rows of each table; empty where there is no database
 * @param problems what is off, in words; empty when the audit holds
 */
public record AuditReport(
        List<ChannelAudit> channels,
        SortedMap<String, AccountAudit> accounts,
        SortedMap<String, Long> stored,
        List<String> problems) {
    /**
     * A channel, all partitions together.
     *
     * @param messages in the journal
     * @param trimmed messages that the journal no longer holds
     * @param stored rows of the database that belong to the channel; absent where there is no database
     */
    public record ChannelAudit(
            String channel,
            long messages,
            long trimmed,
            long gaps,
            long duplicates,
            @Nullable Long stored,
            @Nullable Long missing) {}

    /** An account as last reported, and whether its ledger adds up; see trading-rules section 3. */
    public record AccountAudit(
            Money deposits,
            Money withdrawals,
            Money cash,
            Money equity,
            Money realized,
            Money unrealized,
            Money fees,
            SortedMap<String, Qty> positions,
            boolean holds) {}

    public boolean holds() {
        return problems.isEmpty();
    }

    public long gaps() {
        return channels.stream().mapToLong(ChannelAudit::gaps).sum();
    }

    public long duplicates() {
        return channels.stream().mapToLong(ChannelAudit::duplicates).sum();
    }
}
