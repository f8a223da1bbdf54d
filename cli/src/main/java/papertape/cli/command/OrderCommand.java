package papertape.cli.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderTerms;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;
import papertape.look.trade.OrderTicket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Places an order, or a bracket of three. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        description = {
            "Places an order and shows what becomes of it.",
            "Without prices it is a market order; --limit, --stop and both together make a limit, a stop and a"
                    + " stop-limit order; --trail or --trail-percent a trailing stop.",
            "--take-profit and --stop-loss make it a bracket, accepted or denied as a whole: exits ID-tp and ID-sl, which go"
                    + " live for what has been filled once the order is final; a fill of one shrinks or cancels the other."
        })
final class OrderCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(index = "0", paramLabel = "buy|sell", description = "Side.")
    Side side = Side.BUY;

    @Parameters(index = "1", paramLabel = "QTY", description = "Units of the instrument.")
    Qty qty = Qty.ZERO;

    @Parameters(index = "2", paramLabel = "INSTRUMENT", description = "VENUE:SYMBOL, as SIM:BTC-USD.")
    String instrument = "";

    @Option(names = "--limit", paramLabel = "PX", description = "Worst price.")
    @Nullable
    Price limit;

    @Option(names = "--stop", paramLabel = "PX", description = "Price that triggers the order.")
    @Nullable
    Price stop;

    @Option(names = "--trail", paramLabel = "AMOUNT", description = "Distance of a trailing stop from the best price.")
    @Nullable
    Price trail;

    @Option(names = "--trail-percent", paramLabel = "P", description = "The same in percent of the best price.")
    @Nullable
    BigDecimal trailPercent;

    @Option(
            names = "--tif",
            paramLabel = "TIF",
            description = "Time in force: gtc, day, ioc, fok or gtd (default: ioc for a market order, else gtc).")
    @Nullable
    TimeInForce tif;

    @Option(
            names = "--expire",
            paramLabel = "TIME",
            description = "End of a gtd order: 2026-11-23T16:30:00Z, or from now on +30s, +5m, +2h, +1d.")
    @Nullable
    String expire;

    @Option(names = "--post-only", description = "Rejected where it would take.")
    boolean isPostOnly;

    @Option(names = "--reduce-only", description = "Never opens or enlarges a position.")
    boolean isReduceOnly;

    @Option(names = "--take-profit", paramLabel = "PX", description = "Limit of the exit with a profit.")
    @Nullable
    Price takeProfit;

    @Option(names = "--stop-loss", paramLabel = "PX", description = "Stop of the exit with a loss.")
    @Nullable
    Price stopLoss;

    @Option(names = "--anyway", description = "Places a stop-limit whose limit its stop does not reach.")
    boolean isAnyway;

    @Option(names = "--account", paramLabel = "A", description = "Default: the first of the configuration.")
    @Nullable
    AccountId account;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The order's id, used once an account (default: a new one).")
    @Nullable
    OrderId id;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        OrderTicket.checkTogether(limit, stop, trail, trailPercent, tif, expire != null);
        if (!isAnyway) {
            OrderTicket.checkReachable(side, limit, stop);
        }
        Instrument traded = new AskedInstrument(instrument).in(target.toChange().config(), target.venue());
        try (Session session = Session.open(target)) {
            OrderTalk talk = new OrderTalk(session, spec.commandLine().getOut());
            return talk.place(order(session, traded));
        }
    }

    private NewOrder order(Session session, Instrument traded) {
        long now = session.door().now();
        Long end = expire == null ? null : (Long) Moments.micros(expire, now);
        boolean isTrailing = trail != null || trailPercent != null;
        OrderTerms terms = OrderTicket.terms(side, qty, limit, stop, isTrailing, end != null ? TimeInForce.GTD : tif);
        OrderOptions options =
                new OrderOptions(trail, trailPercent, end, isPostOnly, isReduceOnly, takeProfit, stopLoss);
        return new OrderTicket(session.door(), session.account(account), traded, id).order(terms, options);
    }
}
