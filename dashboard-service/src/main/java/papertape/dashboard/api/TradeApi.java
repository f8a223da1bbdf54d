package papertape.dashboard.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderRequest;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;
import papertape.dashboard.model.AccountRow;
import papertape.dashboard.model.Model;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;
import papertape.look.trade.AccountDialog;
import papertape.look.trade.FrontDoor;
import papertape.look.trade.OrderDialog;
import papertape.look.trade.OrderTicket;

/** Orders and account commands through the front doors, as the command line sends them; the checks decide, not the page. */
public final class TradeApi {
    private static final long WAIT_MS = 8_000;
    private static final long QUIET_MS = 300;
    private static final String ALL = "*";

    /** The fields of the page's order ticket; the given prices decide the order's type. */
    record OrderForm(
            String account,
            String instrument,
            String side,
            Qty qty,
            @Nullable Price limit,
            @Nullable Price stop,
            @Nullable Price trail,
            @Nullable BigDecimal trailPercent,
            @Nullable String tif,
            boolean postOnly,
            boolean reduceOnly,
            @Nullable Price takeProfit,
            @Nullable Price stopLoss) {
        OrderTerms terms(Side of, @Nullable TimeInForce time) {
            return OrderTicket.terms(of, qty, limit, stop, trail != null || trailPercent != null, time);
        }

        OrderOptions options() {
            return new OrderOptions(trail, trailPercent, null, postOnly, reduceOnly, takeProfit, stopLoss);
        }
    }

    record ChangeForm(
            String account,
            String orderId,
            String instrument,
            @Nullable Qty qty,
            @Nullable Price limit,
            @Nullable Price stop) {}

    /** @param account {@code *}: all of them */
    record AccountForm(String account, @Nullable String text) {}

    /** @param refused whether a check or the venue said no; the executions say why */
    record Heard(String orderId, boolean refused, String text, List<Execution> executions) {}

    record AccountsHeard(boolean refused, String text, List<Account> events) {}

    private final Connections connections;
    private final Model model;

    public TradeApi(Connections connections, Model model) {
        this.connections = connections;
        this.model = model;
    }

    public Answer place(Request request) {
        OrderForm form = request.form(OrderForm.class);
        Side side = word(Side.class, "side", form.side());
        String tif = form.tif();
        TimeInForce time = tif == null || tif.isEmpty() ? null : word(TimeInForce.class, "tif", tif);
        OrderTicket.checkTogether(form.limit(), form.stop(), form.trail(), form.trailPercent(), time, false);
        OrderTicket.checkReachable(side, form.limit(), form.stop());
        return connections.atDoor(door -> {
            OrderTicket ticket =
                    new OrderTicket(door, AccountId.of(form.account()), Instrument.of(form.instrument()), null);
            NewOrder order = ticket.order(form.terms(side, time), form.options());
            return ask(door, order, last -> last.ordStatus().isFinal() || !order.isImmediate(), QUIET_MS);
        });
    }

    public Answer cancel(Request request) {
        ChangeForm form = request.form(ChangeForm.class);
        return connections.atDoor(door -> ask(
                door,
                new CancelOrder(
                        door.header(),
                        OrderId.of(form.orderId()),
                        AccountId.of(form.account()),
                        Instrument.of(form.instrument())),
                last -> last.ordStatus().isFinal() || last.execType() == ExecType.CANCEL_REJECTED,
                0));
    }

    public Answer replace(Request request) {
        ChangeForm form = request.form(ChangeForm.class);
        if (form.qty() == null && form.limit() == null && form.stop() == null) {
            throw new IllegalArgumentException("nothing to replace (accepted: qty, limit, stop)");
        }
        return connections.atDoor(door -> ask(
                door,
                new ReplaceOrder(
                        door.header(),
                        OrderId.of(form.orderId()),
                        AccountId.of(form.account()),
                        Instrument.of(form.instrument()),
                        form.qty(),
                        form.limit(),
                        form.stop()),
                last -> last.ordStatus().isFinal()
                        || last.execType() == ExecType.REPLACED
                        || last.execType() == ExecType.CANCEL_REJECTED,
                0));
    }

    private static Answer ask(FrontDoor door, OrderRequest request, Predicate<Execution> isSettled, long quietMs) {
        List<Execution> heard = new ArrayList<>();
        new OrderDialog(door, request.account(), heard::add).ask(List.of(request), isSettled, quietMs, WAIT_MS);
        boolean isRefused = heard.isEmpty() || heard.stream().anyMatch(TradeApi::isRefusal);
        String text = heard.isEmpty()
                ? "no answer within " + WAIT_MS / 1_000 + " s; the pipeline shows where it waits"
                : heard.getLast().text();
        return Answer.of(new Heard(request.orderId().value(), isRefused, text, heard));
    }

    private static boolean isRefusal(Execution execution) {
        return switch (execution.execType()) {
            case REJECTED, DENIED, CANCEL_REJECTED -> true;
            case NEW, TRADE, CANCELED, REPLACED, EXPIRED, TRIGGERED -> false;
        };
    }

    public Answer halt(Request request) {
        return command(request, AccountAction.HALT);
    }

    public Answer resume(Request request) {
        return command(request, AccountAction.RESUME);
    }

    private Answer command(Request request, AccountAction action) {
        AccountForm form = request.form(AccountForm.class);
        Set<AccountId> asked = new TreeSet<>();
        for (AccountRow row : model.accounts().accounts()) {
            if (form.account().equals(ALL) || form.account().equals(row.account())) {
                asked.add(AccountId.of(row.account()));
            }
        }
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("unknown account " + form.account());
        }
        String text = form.text() == null || form.text().isBlank() ? "by hand, on the dashboard" : form.text();
        return connections.atDoor(door -> {
            Account command =
                    new Account(door.header(), AccountId.of(form.account()), action, null, null, null, null, text);
            List<Account> events = new AccountDialog(door).ask(command, asked, WAIT_MS);
            boolean isRefused = events.size() < asked.size()
                    || events.stream().anyMatch(event -> event.event() == AccountEvent.REFUSED);
            String said = events.isEmpty()
                    ? "no answer within " + WAIT_MS / 1_000 + " s"
                    : events.size() + " of " + asked.size() + " accounts answered";
            return Answer.of(new AccountsHeard(isRefused, said, events));
        });
    }

    private static <E extends Enum<E>> E word(Class<E> type, String name, String text) {
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException(name + " is unknown: " + text + " (accepted: "
                + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .toList())
                        .toLowerCase(Locale.ROOT)
                + ")");
    }
}
