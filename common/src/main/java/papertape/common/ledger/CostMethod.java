package papertape.common.ledger;

/** Which part of a position's cost a closing fill takes out. */
public enum CostMethod {
    /** All units cost the same: the position's average. */
    AVERAGE,
    /** The units that were opened first are closed first. */
    FIFO
}
