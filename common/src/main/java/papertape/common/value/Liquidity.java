package papertape.common.value;

/** Whether a fill gave or took liquidity (FIX: LastLiquidityInd). */
public enum Liquidity {
    MAKER,
    TAKER
}
