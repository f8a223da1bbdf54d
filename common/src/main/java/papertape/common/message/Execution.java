package papertape.common.message;

import java.util.Locale;
import java.util.Objects;
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
 * @param terms absent where they are not known: a cancel or replace of no known order, an order that could not be read
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
        @Nullable OrderTerms terms,
        OrderProgress progress,
        LastFill fill,
        String text)
        implements Message, AboutOrder {

    public Execution {
        ExecType type = progress.execType();
        if (terms == null && type != ExecType.CANCEL_REJECTED && type != ExecType.REJECTED) {
            throw new IllegalArgumentException(
                    "side, ordType, tif and qty may be absent only when execType is cancel_rejected or rejected, not "
                            + type.name().toLowerCase(Locale.ROOT));
        }
    }

    /** An execution with the id of its message. */
    public Execution(
            Header header,
            OrderRef ref,
            @Nullable OrderTerms terms,
            OrderProgress progress,
            LastFill fill,
            String text) {
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

    /** @throws NullPointerException for a refusal that has none: its reader must ask for {@link #terms()} */
    private OrderTerms knownTerms() {
        return Objects.requireNonNull(terms, "this execution has no terms: the order was not known");
    }

    public Side side() {
        return knownTerms().side();
    }

    public OrdType ordType() {
        return knownTerms().ordType();
    }

    public TimeInForce tif() {
        return knownTerms().tif();
    }

    public Qty qty() {
        return knownTerms().qty();
    }

    public @Nullable Price limitPx() {
        return terms == null ? null : terms.limitPx();
    }

    public @Nullable Price stopPx() {
        return terms == null ? null : terms.stopPx();
    }

    public @Nullable OrderId parentId() {
        return terms == null ? null : terms.parentId();
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
