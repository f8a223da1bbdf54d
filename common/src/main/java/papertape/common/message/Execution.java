package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Average;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
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
public record Execution(
        Header header,
        ExecId execId,
        OrderId orderId,
        AccountId account,
        @Nullable StrategyId strategy,
        Instrument instrument,
        ExecType execType,
        OrdStatus ordStatus,
        Side side,
        OrdType ordType,
        TimeInForce tif,
        Qty qty,
        @Nullable Price limitPx,
        @Nullable Price stopPx,
        Qty lastQty,
        @Nullable Price lastPx,
        Qty leavesQty,
        Qty cumQty,
        @Average @Nullable Price avgPx,
        Money commission,
        @Nullable Liquidity liquidity,
        @Nullable OrderId parentId,
        String text)
        implements Message {}
