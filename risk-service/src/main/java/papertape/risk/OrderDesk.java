package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderRequest;
import papertape.common.message.ReplaceOrder;
import papertape.common.order.Bracket;
import papertape.common.stage.Outbox;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Qty;

/** Lets requests about orders pass to execution, or says why not. */
final class OrderDesk {
    private final Books books;
    private final MarketView market;
    private final LossGuard guard;

    OrderDesk(Books books, MarketView market, LossGuard guard) {
        this.books = books;
        this.market = market;
        this.guard = guard;
    }

    void on(OrderRequest request, Outbox out) {
        AccountBook book = books.get(request.account());
        switch (request) {
            case NewOrder order -> onNew(order, book, out);
            case CancelOrder cancel -> onCancel(cancel, book, out);
            case ReplaceOrder replace -> onReplace(replace, book, out);
        }
    }

    /** A request whose timestamp cannot be believed, at the market's time instead: it is denied, but a cancel always passes. */
    void onMistimed(OrderRequest request, String flaw, Outbox out) {
        AccountBook book = books.get(request.account());
        Denial denial = new Denial(CheckName.TIMESTAMP, "bus.maxClientSkewMs", flaw);
        switch (request) {
            case NewOrder order -> OrderReports.deny(order, denial, out);
            case CancelOrder cancel -> onCancel(cancel, book, out);
            case ReplaceOrder replace -> {
                OpenOrder open = book == null ? null : book.open(replace.orderId());
                if (open == null) {
                    OrderReports.refuse(replace, denial, out);
                } else {
                    OrderReports.refuse(replace, open, ExecType.CANCEL_REJECTED, denial, out);
                }
            }
        }
    }

    private void onNew(NewOrder order, @Nullable AccountBook book, Outbox out) {
        if (book == null) {
            OrderReports.deny(order, unknownAccount(order), out);
            return;
        }
        guard.onTime(book, market.time().at(order.ts()), out);
        Candidate candidate = Candidate.of(order, book, market).capped(book, market);
        Denial denial = Checks.test(candidate, book, market);
        remember(candidate, denial, book);
        if (denial != null) {
            deny(order, denial, book, out);
            return;
        }
        NewOrder approved = candidate.order();
        book.put(OpenOrder.of(approved, candidate.knownValuePx()));
        for (NewOrder exit : Bracket.exits(approved)) {
            book.put(OpenOrder.of(exit, Candidate.of(exit, book, market).knownValuePx()));
            book.rememberId(exit.orderId());
        }
        book.countApproved(Days.of(market.time().at(order.ts())));
        out.send(Channel.APPROVED, approved.withHeader(out.header(order.ts())));
    }

    /** What was sent counts whatever became of it, but for what the checks of repeats and rates themselves refused. */
    private static void remember(Candidate candidate, @Nullable Denial denial, AccountBook book) {
        CheckName no = denial == null ? null : denial.check();
        if (no == CheckName.DUPLICATE_ORDER_ID) {
            return;
        }
        if (!book.knowsId(candidate.order().orderId())) {
            book.rememberId(candidate.order().orderId());
        }
        if (no != CheckName.REPEATED_ORDER && no != CheckName.SUBMIT_RATE) {
            int most =
                    Math.max(book.limits().maxSubmitsPerSecond(), book.limits().maxRepeats());
            book.submits().add(new Submission(candidate.ts(), candidate.repeatKey()), most);
        }
    }

    private static void deny(NewOrder order, Denial denial, AccountBook book, Outbox out) {
        OpenOrder open = book.open(order.orderId());
        if (open == null) {
            OrderReports.deny(order, denial, out);
        } else {
            // the open order that has the id already must not look as if it had ended
            OrderReports.refuse(order, open, ExecType.DENIED, denial, out);
        }
    }

    /** Cancels pass: of an order that is not open here as well, so that execution answers. */
    private void onCancel(CancelOrder cancel, @Nullable AccountBook book, Outbox out) {
        if (book == null) {
            OrderReports.refuse(cancel, unknownAccount(cancel), out);
            return;
        }
        OpenOrder open = book.open(cancel.orderId());
        if (open == null && books.isElsewhere(cancel.orderId(), book.id())) {
            OrderReports.refuse(cancel, notOwn(cancel), out);
            return;
        }
        Instrument instrument = open == null ? cancel.instrument() : open.instrument();
        out.send(
                Channel.APPROVED,
                new CancelOrder(out.header(cancel.ts()), cancel.orderId(), cancel.account(), instrument));
    }

    private void onReplace(ReplaceOrder replace, @Nullable AccountBook book, Outbox out) {
        if (book == null) {
            OrderReports.refuse(replace, unknownAccount(replace), out);
            return;
        }
        guard.onTime(book, market.time().at(replace.ts()), out);
        OpenOrder open = book.open(replace.orderId());
        if (open == null) {
            onReplaceOfUnknown(replace, book, out);
            return;
        }
        Candidate candidate = Candidate.of(replace, open, book, market).capped(book, market);
        Denial denial = open.pending() != null
                ? Denial.of(CheckName.PENDING_REPLACE, "0", "1")
                : Checks.test(candidate, book, market);
        if (denial == null || denial.check() != CheckName.MODIFY_RATE) {
            book.modifies()
                    .add(
                            new Submission(replace.ts(), replace.orderId().value()),
                            book.limits().maxModifiesPerSecond());
        }
        if (denial != null) {
            OrderReports.refuse(replace, open, ExecType.CANCEL_REJECTED, denial, out);
            return;
        }
        book.put(open.withPending(candidate.terms()));
        pendExits(open, candidate.order().qty(), book);
        Qty qty = replace.qty() == null ? null : candidate.order().qty();
        out.send(Channel.APPROVED, withHeader(replace, open.instrument(), qty, out));
    }

    /** The exits get their entry's quantity with it. */
    private static void pendExits(OpenOrder entry, Qty qty, AccountBook book) {
        if (!qty.equals(entry.qty())) {
            for (OpenOrder exit : book.holding(entry.instrument()).exitsOf(entry.orderId())) {
                book.put(exit.withPending(exit.terms().withQty(qty)));
            }
        }
    }

    private void onReplaceOfUnknown(ReplaceOrder replace, AccountBook book, Outbox out) {
        if (books.isElsewhere(replace.orderId(), book.id())) {
            OrderReports.refuse(replace, notOwn(replace), out);
        } else {
            out.send(Channel.APPROVED, withHeader(replace, replace.instrument(), replace.qty(), out));
        }
    }

    private static Denial unknownAccount(OrderRequest request) {
        return Denial.of(CheckName.KNOWN_ACCOUNT, "open", "unknown " + request.account());
    }

    private static Denial notOwn(OrderRequest request) {
        return Denial.of(CheckName.ORDER_OWNER, request.account(), "another account");
    }

    private static ReplaceOrder withHeader(ReplaceOrder order, Instrument instrument, @Nullable Qty qty, Outbox out) {
        return new ReplaceOrder(
                out.header(order.ts()),
                order.orderId(),
                order.account(),
                instrument,
                qty,
                order.limitPx(),
                order.stopPx());
    }
}
