package papertape.pnl;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import papertape.common.config.AccountSettings;
import papertape.common.config.Config;
import papertape.common.ledger.CostMethod;
import papertape.common.ledger.Position;
import papertape.common.message.Account;
import papertape.common.message.Clock;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.Mark;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Pnl;
import papertape.common.message.Raw;
import papertape.common.message.Signal;
import papertape.common.stage.Outbox;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;

/**
 * Keeps each account's positions and reports what they are worth: at once after a fill or a flow of money, and after
 * changed marks at most once an interval of event time.
 *
 * <p>For every account, at every moment and to the last digit: deposits - withdrawals + realized - fees + unrealized =
 * equity.
 */
final class PnlStage implements Stage {
    private static final long MICROS_PER_MS = 1_000;

    private final Currencies currencies;
    private final Map<AccountId, CostMethod> costMethods = new HashMap<>();
    private final long interval;

    private final StateTable<AccountId, Book> books;
    private final StateTable<HoldingKey, Holding> holdings;
    private final StateTable<Instrument, Price> marks;

    private final Map<AccountId, AccountLedger> ledgers = new HashMap<>();
    private final Map<Instrument, NavigableMap<AccountId, AccountLedger>> holders = new HashMap<>();
    private final NavigableSet<Due> due = new TreeSet<>();

    PnlStage(Config config, StageContext context) {
        currencies = new Currencies(config);
        for (AccountSettings account : config.accounts()) {
            costMethods.put(account.name(), costMethod(account.costMethod()));
        }
        interval = config.pnl().intervalMs() * MICROS_PER_MS;
        books = context.state().table("books", AccountId::of, Book.class);
        holdings = context.state().table("holdings", HoldingKey::parse, Holding.class);
        marks = context.state().table("marks", Instrument::of, Price.class);
        books.entries().forEach(this::restore);
        holdings.entries().forEach(this::restore);
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        switch (message) {
            case Clock clock -> reportDue(clock.ts(), out);
            case Mark mark -> onMark(mark, out);
            case Execution execution -> {
                if (execution.execType() == ExecType.TRADE) {
                    onFill(execution, out);
                    reportDue(execution.ts(), out);
                }
            }
            case Account account -> {
                if (account.event() != null) {
                    onEvent(account, account.event(), out);
                }
            }
            case Raw _, MarketData _, Signal _, OrderRequest _, Pnl _, DeadLetter _ -> {}
        }
    }

    /** A mark that comes again after a take-over changes nothing, not even the time at which a report comes out. */
    private void onMark(Mark mark, Outbox out) {
        Instrument instrument = mark.instrument();
        if (!currencies.knows(instrument) || mark.price().equals(marks.get(instrument))) {
            return;
        }
        marks.put(instrument, mark.price());
        NavigableMap<AccountId, AccountLedger> exposed = holders.get(instrument);
        if (exposed != null) {
            exposed.values().forEach(ledger -> marked(ledger, mark));
        }
        reportDue(mark.ts(), out);
    }

    private void marked(AccountLedger ledger, Mark mark) {
        HeldPosition held = ledger.position(mark.instrument());
        if (held == null) {
            return;
        }
        held.mark(mark.price());
        ledger.revalue(held);
        if (!held.isUnreported()) {
            held.unreported(true);
            save(ledger, held);
        }
        raisePeak(ledger);
        Book book = ledger.book();
        if (book != null && book.dueTs() == null) {
            Long reported = book.reportedTs();
            long ts = reported == null ? mark.ts() : Math.max(mark.ts(), reported + interval);
            put(ledger, book.due(ts));
            due.add(new Due(ts, ledger.account()));
        }
    }

    private void onFill(Execution fill, Outbox out) {
        Price px = fill.lastPx();
        if (px == null || !currencies.knows(fill.instrument())) {
            throw new IllegalStateException(
                    px == null
                            ? "fill " + fill.execId() + " has no lastPx"
                            : "instrument " + fill.instrument() + " is not configured");
        }
        AccountLedger ledger = ledger(fill.account());
        HeldPosition held = held(ledger, fill.instrument());
        held.position(held.position().filled(fill.side(), fill.lastQty(), px, fill.commission()));
        held.mark(marks.get(fill.instrument()));
        ledger.revalue(held);
        index(ledger, held);
        raisePeak(ledger);
        Book book = ledger.book();
        if (book != null) {
            held.unreported(false);
            PnlReports.instrument(ledger, held, fill.ts(), out);
            PnlReports.account(ledger, book, fill.ts(), out);
        }
        save(ledger, held);
    }

    private HeldPosition held(AccountLedger ledger, Instrument instrument) {
        HeldPosition held = ledger.position(instrument);
        if (held == null) {
            CostMethod method = costMethods.getOrDefault(ledger.account(), CostMethod.AVERAGE);
            held = add(ledger, instrument, new Holding(Position.flat(method), false));
        }
        return held;
    }

    private void onEvent(Account account, AccountEvent event, Outbox out) {
        switch (event) {
            case OPENED -> open(account, out);
            case DEPOSITED -> flow(account, required(account.amount(), account, "amount"), out);
            case WITHDRAWN ->
                flow(account, required(account.amount(), account, "amount").negated(), out);
            case LIMITS_SET, REDUCING, HALTED, RESUMED, REFUSED -> {}
        }
    }

    private void open(Account account, Outbox out) {
        AccountLedger ledger = ledger(account.account());
        if (ledger.book() != null) {
            throw new IllegalStateException("account " + account.account() + " is open already");
        }
        Book opened = Book.opened(required(account.currency(), account, "currency"));
        put(ledger, opened);
        for (HeldPosition held : ledger.positions()) {
            held.rate(currencies.rate(held.instrument(), opened.currency()));
            ledger.revalue(held);
            PnlReports.instrument(ledger, held, account.ts(), out);
        }
        flow(account, account.amount() == null ? Money.ZERO : account.amount(), out);
    }

    private void flow(Account account, Money amount, Outbox out) {
        AccountLedger ledger = ledger(account.account());
        Book book = ledger.book();
        if (book == null) {
            throw new IllegalStateException("account " + account.account() + " was never opened");
        }
        String currency = account.currency() == null ? book.currency() : account.currency();
        put(ledger, book.withFlow(amount.scaledBy(currencies.rate(currency, book.currency()))));
        raisePeak(ledger);
        PnlReports.account(ledger, required(ledger.book(), account, "book"), account.ts(), out);
    }

    private void reportDue(long ts, Outbox out) {
        while (!due.isEmpty() && due.first().ts() <= ts) {
            AccountLedger ledger = ledger(due.removeFirst().account());
            Book book = ledger.book();
            if (book != null) {
                report(ledger, book, ts, out);
            }
        }
    }

    private void report(AccountLedger ledger, Book book, long ts, Outbox out) {
        put(ledger, book.reported(ts));
        boolean changed = false;
        for (HeldPosition held : ledger.positions()) {
            if (held.isUnreported()) {
                changed = true;
                held.unreported(false);
                save(ledger, held);
                PnlReports.instrument(ledger, held, ts, out);
            }
        }
        // a fill may have reported the only changed position meanwhile
        if (changed) {
            PnlReports.account(ledger, book, ts, out);
        }
    }

    private void raisePeak(AccountLedger ledger) {
        Book book = ledger.book();
        if (book != null) {
            Money equity = ledger.equity(book);
            if (equity.compareTo(book.peakEquity()) > 0) {
                put(ledger, book.withPeak(equity));
            }
        }
    }

    private void restore(AccountId account, Book book) {
        ledger(account).put(book);
        if (book.dueTs() != null) {
            due.add(new Due(book.dueTs(), account));
        }
    }

    private void restore(HoldingKey key, Holding holding) {
        AccountLedger ledger = ledger(key.account());
        index(ledger, add(ledger, key.instrument(), holding));
    }

    private HeldPosition add(AccountLedger ledger, Instrument instrument, Holding holding) {
        HeldPosition held = new HeldPosition(instrument, holding, marks.get(instrument));
        Book book = ledger.book();
        if (book != null) {
            held.rate(currencies.rate(instrument, book.currency()));
        }
        held.revalue();
        ledger.add(instrument, held);
        return held;
    }

    /** Marks concern only those who hold something; a flat position needs none, and takes up the latest when it opens. */
    private void index(AccountLedger ledger, HeldPosition held) {
        NavigableMap<AccountId, AccountLedger> exposed =
                holders.computeIfAbsent(held.instrument(), any -> new TreeMap<>());
        if (held.position().isFlat()) {
            exposed.remove(ledger.account());
        } else {
            exposed.put(ledger.account(), ledger);
        }
    }

    private AccountLedger ledger(AccountId account) {
        return ledgers.computeIfAbsent(account, AccountLedger::new);
    }

    private void put(AccountLedger ledger, Book book) {
        ledger.put(book);
        books.put(ledger.account(), book);
    }

    private void save(AccountLedger ledger, HeldPosition held) {
        holdings.put(new HoldingKey(ledger.account(), held.instrument()), held.saved());
    }

    private static <T> T required(@Nullable T value, Account account, String name) {
        if (value == null) {
            throw new IllegalStateException("account event " + account.header().id() + " has no " + name);
        }
        return value;
    }

    private static CostMethod costMethod(String setting) {
        return switch (setting) {
            case "average" -> CostMethod.AVERAGE;
            case "fifo" -> CostMethod.FIFO;
            default -> throw new IllegalArgumentException("costMethod: \"" + setting + "\" (accepted: average, fifo)");
        };
    }
}
