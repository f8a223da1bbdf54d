package papertape.risk;

import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.value.AccountEvent;
import papertape.common.value.Qty;

/** Changes of an account's trading state. A halt cancels all open orders, reducing those that add. */
final class KillSwitch {
    private final Books books;
    private final GlobalHalt globalHalt;

    KillSwitch(Books books, GlobalHalt globalHalt) {
        this.books = books;
        this.globalHalt = globalHalt;
    }

    void halt(AccountBook book, Standing.Cause cause, String reason, long ts, Outbox out) {
        book.setStanding(new Standing(TradingState.HALTED, cause, reason));
        AccountReports.send(book.id(), AccountEvent.HALTED, reason, ts, out);
        cancelAll(book, ts, out);
    }

    void reduce(AccountBook book, Standing.Cause cause, String reason, long ts, Outbox out) {
        book.setStanding(new Standing(TradingState.REDUCING, cause, reason));
        AccountReports.send(book.id(), AccountEvent.REDUCING, reason, ts, out);
        for (OpenOrder order : book.openNow()) {
            if (adds(order, book)) {
                cancel(order, book, ts, out);
            }
        }
    }

    /**
     * Whether an open order may open or enlarge a position. A bracket's exits stay, since they close what its entry has
     * filled. The orders of a side that together do more than close the position go, all of them: any may be the one.
     */
    private static boolean adds(OpenOrder order, AccountBook book) {
        Holding holding = book.holding(order.instrument());
        Qty demand = holding.demand(order.side(), null).qty();
        return order.parentId() == null && demand.compareTo(holding.closable(order.side())) > 0;
    }

    void resume(AccountBook book, String reason, long ts, Outbox out) {
        book.setStanding(Standing.ACTIVE);
        AccountReports.send(book.id(), AccountEvent.RESUMED, reason, ts, out);
    }

    void haltAll(String reason, long ts, Outbox out) {
        globalHalt.set(reason);
        for (AccountBook book : books.all()) {
            AccountReports.send(book.id(), AccountEvent.HALTED, "all accounts: " + reason, ts, out);
            cancelAll(book, ts, out);
        }
    }

    /** Ends {@link #haltAll}; an account that is halted for a reason of its own stays so. */
    void resumeAll(String reason, long ts, Outbox out) {
        if (globalHalt.reason() == null) {
            return;
        }
        globalHalt.clear();
        for (AccountBook book : books.all()) {
            Standing own = book.standing();
            switch (own.state()) {
                case ACTIVE -> AccountReports.send(book.id(), AccountEvent.RESUMED, reason, ts, out);
                case REDUCING -> AccountReports.send(book.id(), AccountEvent.REDUCING, own.reason(), ts, out);
                case HALTED -> AccountReports.send(book.id(), AccountEvent.HALTED, own.reason(), ts, out);
            }
        }
    }

    private static void cancelAll(AccountBook book, long ts, Outbox out) {
        for (OpenOrder order : book.open().values()) {
            cancel(order, book, ts, out);
        }
    }

    private static void cancel(OpenOrder order, AccountBook book, long ts, Outbox out) {
        out.send(Channel.APPROVED, new CancelOrder(out.header(ts), order.orderId(), book.id(), order.instrument()));
    }
}
