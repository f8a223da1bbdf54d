package papertape.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import papertape.common.value.Side;

/**
 * All markets and what they print, driven by a virtual clock: message {@code k} is printed at the start time plus {@code
 * k}/rate, whatever the wall clock says. The same seed, instruments, rate and start give the same text. Not thread-safe.
 */
final class OrderFlow {
    private static final long SECOND = 1_000_000;

    private final List<Market> markets = new ArrayList<>();
    private final List<Printing> printings = new ArrayList<>();
    private final boolean[] halted;
    private long tradesBefore;
    private final Random random;
    private final long startMicros;
    private final long rate;
    private final Printer printer;
    private final CoinbaseText texts = new CoinbaseText();
    private long slots;
    private long messages;
    private long nextHeartbeat;

    /** Takes each message when it is printed. */
    interface Printer {
        /** @param text used again after the call */
        void printed(int instrument, SimChannel channel, JsonText text);
    }

    /** @param rate messages a second of virtual time, heartbeats aside */
    OrderFlow(List<SimInstrument> instruments, long seed, int rate, long startMicros, Printer printer) {
        this.random = new Random(seed);
        this.rate = rate;
        this.startMicros = startMicros;
        this.nextHeartbeat = startMicros + SECOND;
        this.printer = printer;
        this.halted = new boolean[instruments.size()];
        for (SimInstrument instrument : instruments) {
            Printing printing = new Printing(markets.size(), instrument);
            Market market = new Market(instrument, random.nextLong(), startMicros, printing);
            markets.add(market);
            printings.add(printing);
            printing.forget();
        }
    }

    /** Numbers the trades from above this one; before the first step. */
    void tradesBefore(long tradeId) {
        tradesBefore = tradeId;
        printings.forEach(printing -> printing.tradeId = tradeId);
    }

    /** How many trades an instrument's market has printed. */
    long trades(int instrument) {
        return printings.get(instrument).tradeId - tradesBefore;
    }

    /** One trader does one thing in one market; the clock moves on by what that printed. */
    void step() {
        int index = random.nextInt(markets.size());
        long before = messages;
        if (!halted[index]) {
            markets.get(index).step(micros());
            printings.get(index).print(markets.get(index));
        }
        // A halted market's turn passes unused, so that the others keep their pace
        slots += Math.max(1, messages - before);
        while (nextHeartbeat <= micros()) {
            printings.forEach(printing -> printing.heartbeat(nextHeartbeat));
            nextHeartbeat += SECOND;
        }
    }

    /** Lets virtual time pass in which nothing happens, up to this moment; a moment that is past changes nothing. */
    void skipTo(long micros) {
        long ahead = micros - micros();
        if (ahead > 0) {
            slots += ahead / SECOND * rate + ahead % SECOND * rate / SECOND;
            nextHeartbeat = Math.max(nextHeartbeat, micros() + 1);
        }
    }

    /** Virtual time, microseconds since the epoch. */
    long micros() {
        return startMicros + slots / rate * SECOND + slots % rate * SECOND / rate;
    }

    /** Virtual time since the start. */
    long nanos() {
        return slots / rate * 1_000_000_000L + slots % rate * 1_000_000_000L / rate;
    }

    /** Messages printed, heartbeats aside. */
    long messages() {
        return messages;
    }

    Market market(int instrument) {
        return markets.get(instrument);
    }

    int size() {
        return markets.size();
    }

    /** The last sequence number an instrument's messages carry. */
    long sequence(int instrument) {
        return printings.get(instrument).sequence;
    }

    /** Number of an instrument's latest trade. */
    long lastTradeId(int instrument) {
        return printings.get(instrument).tradeId;
    }

    void halt(int instrument, boolean halt) {
        halted[instrument] = halt;
    }

    /** Turns what happens in one market into messages: its trades at once, its levels as one update, one ticker a step. */
    private final class Printing implements MatchingBook.Listener {
        private final int index;
        private final SimInstrument instrument;
        private final JsonText update = new JsonText();
        private final List<PrintedTrade> traded = new ArrayList<>();
        private int changes;
        private long sequence;
        private long tradeId;

        Printing(int index, SimInstrument instrument) {
            this.index = index;
            this.instrument = instrument;
        }

        /** The orders a market starts with are its first snapshot, not updates. */
        void forget() {
            changes = 0;
            traded.clear();
            tradeId = 0;
        }

        @Override
        public void traded(BookOrder maker, long takerId, long lots) {
            traded.add(
                    new PrintedTrade(++tradeId, 0, maker.side, maker.id, takerId, maker.level.ticks, lots, micros()));
        }

        @Override
        public void levelChanged(Side side, long ticks, long lots) {
            if (changes++ == 0) {
                CoinbaseText.beginUpdate(update, instrument);
            }
            CoinbaseText.change(update, instrument, side, ticks, lots);
        }

        void print(Market market) {
            PrintedTrade last = null;
            for (PrintedTrade trade : traded) {
                last = trade.withSequence(++sequence);
                market.keep(last);
                out(SimChannel.MATCHES, texts.match("match", instrument, last));
            }
            traded.clear();
            if (changes > 0) {
                changes = 0;
                texts.endUpdate(update, micros(), ++sequence);
                out(SimChannel.LEVEL2, update);
            }
            if (last != null) {
                out(SimChannel.TICKER, texts.ticker(market, last));
            }
        }

        void heartbeat(long micros) {
            printer.printed(index, SimChannel.HEARTBEAT, texts.heartbeat(instrument, sequence, tradeId, micros));
        }

        private void out(SimChannel channel, JsonText text) {
            messages++;
            printer.printed(index, channel, text);
        }
    }
}
