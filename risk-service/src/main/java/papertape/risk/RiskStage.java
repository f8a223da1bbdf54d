package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.message.Account;
import papertape.common.message.Clock;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Pnl;
import papertape.common.message.Raw;
import papertape.common.message.Signal;
import papertape.common.stage.MarketTime;
import papertape.common.stage.Outbox;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.value.AccountId;

/**
 * The gate in front of execution, and the accounts' books: orders in, approved requests and refusals out; account
 * commands in, account events out. Keyed by account. "Now" is each message's own event time.
 */
public final class RiskStage implements Stage {
    private final String ownIds;
    private final Opening opening;
    private final Books books;
    private final MarketView market;
    private final LossGuard guard;
    private final OrderDesk orders;
    private final FillDesk fills;
    private final AccountDesk accounts;
    /** Days since the epoch at the last clock. */
    private long day;

    /** @throws IllegalArgumentException for an account, limit or venue of the configuration that cannot be */
    public RiskStage(Config config, StageContext context) {
        RiskTables tables = RiskTables.open(context.state());
        GlobalHalt globalHalt = new GlobalHalt(tables.globalHalt());
        ownIds = context.stage() + ".";
        market = new MarketView(
                config,
                tables.marks(),
                new MarketTime(context.state(), config.bus().maxClientSkewMs()));
        books = new Books(config, tables, market, globalHalt);
        opening = new Opening(config.accounts(), context, tables, books, globalHalt);
        KillSwitch killSwitch = new KillSwitch(books, globalHalt);
        guard = new LossGuard(killSwitch);
        orders = new OrderDesk(books, market, guard);
        fills = new FillDesk(books, market, killSwitch, guard);
        accounts = new AccountDesk(books, opening, killSwitch, guard);
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        opening.openConfigured(market.time().at(message.ts()), out);
        switch (message) {
            case Clock clock -> onClock(clock, out);
            case OrderRequest request -> onRequest(request, out);
            case Execution execution -> onExecution(execution, out);
            case Account account -> onAccount(account, out);
            case Mark mark -> onMark(mark, out);
            case Raw raw -> throw unexpected(raw);
            case MarketData data -> throw unexpected(data);
            case Signal signal -> throw unexpected(signal);
            case Pnl pnl -> throw unexpected(pnl);
            case DeadLetter letter -> throw unexpected(letter);
        }
    }

    /** For tests and audits: the account's book, null when it is not open in this partition. */
    @Nullable
    AccountBook book(AccountId account) {
        return books.get(account);
    }

    /** Days begin by the market's time, with or without marks. */
    private void onClock(Clock clock, Outbox out) {
        market.time().on(clock);
        long now = market.time().at(clock.ts());
        if (Days.of(now) != day) {
            day = Days.of(now);
            for (AccountBook book : books.all()) {
                guard.onTime(book, now, out);
            }
        }
    }

    private void onRequest(OrderRequest request, Outbox out) {
        String flaw = market.time().flaw(request.ts());
        if (flaw == null) {
            orders.on(request, out);
        } else {
            orders.onMistimed(request.withHeader(atMarketTime(request.header())), flaw, out);
        }
    }

    private Header atMarketTime(Header header) {
        return new Header(header.id(), market.time().at(header.ts()), header.cause(), header.origin());
    }

    private void onExecution(Execution execution, Outbox out) {
        // refusals come back on the channel they were sent on
        if (!execution.header().id().value().startsWith(ownIds)) {
            fills.on(execution, out);
        }
    }

    private void onAccount(Account account, Outbox out) {
        // without an action it is a fact, which this stage itself has told
        if (account.action() == null) {
            return;
        }
        String flaw = market.time().flaw(account.ts());
        if (flaw == null) {
            accounts.on(account, account.action(), out);
        } else {
            accounts.onMistimed(account.withHeader(atMarketTime(account.header())), account.action(), flaw, out);
        }
    }

    private void onMark(Mark mark, Outbox out) {
        if (!market.onMark(mark)) {
            return;
        }
        for (AccountBook book : books.holding(mark.instrument())) {
            book.onMark(mark.instrument());
            if (book.hasPosition(mark.instrument())) {
                guard.onEquity(book, mark.ts(), out);
            }
        }
    }

    private static IllegalArgumentException unexpected(Message message) {
        return new IllegalArgumentException(
                "not a message for accounts and checks: " + message.getClass().getSimpleName());
    }
}
