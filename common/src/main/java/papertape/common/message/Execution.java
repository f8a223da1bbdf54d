package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.FieldOrder;
import papertape.common.value.Instrument;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

/**
 * What happened to an order (FIX: ExecutionReport). It carries the order's terms, so that a reader needs nothing else.
 *
 * @param qty the order's quantity as it stands (FIX: OrderQty); cumQty + leavesQty while the order works
 * @param lastQty of this fill; 0 when execType is not trade
 * @param lastPx of this fill; absent when execType is not trade
 * @param avgPx of all fills, 16 significant digits; absent before the first
 * @param commission fee of this fill in the instrument's quote currency; 0 when execType is not trade
 * @param liquidity of this fill; absent when execType is not trade
 * @param parentId the bracket's entry, for its exits
 * @param text which rule made it and under which assumption, {@code name=value} pairs
 */
@FieldOrder({
    "id",
    "ts",
    "cause",
    "origin", //
    "execId",
    "orderId",
    "account",
    "strategy",
    "instrument",
    "execType",
    "ordStatus", //
    "side",
    "ordType",
    "tif",
    "qty",
    "limitPx",
    "stopPx", //
    "lastQty",
    "lastPx",
    "leavesQty",
    "cumQty",
    "avgPx",
    "commission",
    "liquidity",
    "parentId",
    "text"
})
public record Execution(
        Header header,
        ExecId execId,
        OrderRef ref,
        OrderTerms terms,
        OrderProgress progress,
        LastFill fill,
        String text)
        implements Message, AboutOrder {

    /** An execution with the id of its message. */
    public Execution(
            Header header, OrderRef ref, OrderTerms terms, OrderProgress progress, LastFill fill, String text) {
        this(header, ExecId.of(header.id().value()), ref, terms, progress, fill, text);
    }

    @Override
    public OrderId orderId() {
        return ref.orderId();
    }

    @Override
    public AccountId account() {
        return ref.account();
    }

    public @Nullable StrategyId strategy() {
        return ref.strategy();
    }

    @Override
    public Instrument instrument() {
        return ref.instrument();
    }

    public Side side() {
        return terms.side();
    }

    public OrdType ordType() {
        return terms.ordType();
    }

    public TimeInForce tif() {
        return terms.tif();
    }

    public Qty qty() {
        return terms.qty();
    }

    public @Nullable Price limitPx() {
        return terms.limitPx();
    }

    public @Nullable Price stopPx() {
        return terms.stopPx();
    }

    public @Nullable OrderId parentId() {
        return terms.parentId();
    }

    public ExecType execType() {
        return progress.execType();
    }

    public OrdStatus ordStatus() {
        return progress.ordStatus();
    }

    public Qty leavesQty() {
        return progress.leavesQty();
    }

    public Qty cumQty() {
        return progress.cumQty();
    }

    public @Nullable Price avgPx() {
        return progress.avgPx();
    }

    public Qty lastQty() {
        return fill.lastQty();
    }

    public @Nullable Price lastPx() {
        return fill.lastPx();
    }

    public Money commission() {
        return fill.commission();
    }

    public @Nullable Liquidity liquidity() {
        return fill.liquidity();
    }
}
