package papertape.cli.audit;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.Execution;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.TradeId;

/** What the journals say happened: counted message by message, with nothing taken from any service. */
public final class Facts {
    /**
     * Market data of one instrument.
     *
     * @param trades that differ in id, time, price or size: venues have given one id to two
     * @param quotes distinct top-of-book states published
     * @param books changes of the book published
     */
    public record InstrumentFacts(
            long trades,
            Qty volume,
            long quotes,
            long books,
            @Nullable Price bestBid,
            @Nullable Qty bestBidQty,
            @Nullable Price bestAsk,
            @Nullable Qty bestAskQty) {
        static final InstrumentFacts NONE = new InstrumentFacts(0, Qty.ZERO, 0, 0, null, null, null, null);

        InstrumentFacts with(Trade trade) {
            return new InstrumentFacts(
                    trades + 1, volume.plus(trade.qty()), quotes, books, bestBid, bestBidQty, bestAsk, bestAskQty);
        }

        InstrumentFacts with(Quote quote) {
            return new InstrumentFacts(
                    trades, volume, quotes + 1, books, quote.bidPx(), quote.bidQty(), quote.askPx(), quote.askQty());
        }

        InstrumentFacts withBook() {
            return new InstrumentFacts(trades, volume, quotes, books + 1, bestBid, bestBidQty, bestAsk, bestAskQty);
        }
    }

    private record SeenTrade(TradeId id, long ts, Price price, Qty qty) {}

    private final Map<Channel, Long> messages = new EnumMap<>(Channel.class);
    private final SortedMap<Instrument, InstrumentFacts> instruments = new TreeMap<>();
    private final Map<Instrument, Set<SeenTrade>> seenTrades = new TreeMap<>();
    private final SortedMap<AccountId, Ledger> ledgers = new TreeMap<>();
    private final LedgerBasis basis;
    private long fills;
    private long denied;
    private long repeatedTrades;

    public Facts(LedgerBasis basis) {
        this.basis = basis;
    }

    /** Clocks say nothing that could be counted. */
    public void add(Channel channel, Message message) {
        if (message instanceof Clock) {
            return;
        }
        messages.merge(channel, 1L, Long::sum);
        if (message instanceof MarketData data) {
            add(data);
        } else if (message instanceof Execution execution && channel == Channel.EXECUTIONS) {
            add(execution);
        } else if (message instanceof Account account && account.event() != null) {
            ledger(account.account()).add(account);
        }
    }

    private void add(MarketData data) {
        Instrument instrument = data.instrument();
        InstrumentFacts facts = instruments.getOrDefault(instrument, InstrumentFacts.NONE);
        if (data instanceof Trade trade) {
            SeenTrade seen = new SeenTrade(trade.tradeId(), trade.ts(), trade.price(), trade.qty());
            if (seenTrades.computeIfAbsent(instrument, any -> new HashSet<>()).add(seen)) {
                facts = facts.with(trade);
            } else {
                repeatedTrades++;
            }
        } else if (data instanceof Quote quote) {
            facts = facts.with(quote);
        } else if (data instanceof Book) {
            facts = facts.withBook();
        }
        instruments.put(instrument, facts);
    }

    private void add(Execution execution) {
        if (execution.execType() == ExecType.DENIED) {
            denied++;
        }
        if (execution.execType() == ExecType.TRADE) {
            fills++;
            ledger(execution.account()).add(execution);
        }
    }

    private Ledger ledger(AccountId account) {
        return ledgers.computeIfAbsent(account, any -> new Ledger(basis));
    }

    public long messages(Channel channel) {
        return messages.getOrDefault(channel, 0L);
    }

    public SortedMap<String, InstrumentFacts> instruments() {
        SortedMap<String, InstrumentFacts> byName = new TreeMap<>();
        instruments.forEach((instrument, facts) -> byName.put(instrument.name(), facts));
        return byName;
    }

    SortedMap<AccountId, Ledger> ledgers() {
        return ledgers;
    }

    public long fills() {
        return fills;
    }

    public long denied() {
        return denied;
    }

    /** Trades that were published more than once. */
    public long repeatedTrades() {
        return repeatedTrades;
    }
}
