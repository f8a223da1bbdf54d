package papertape.risk;

import org.jspecify.annotations.Nullable;

/** One pre-trade check. It reads and never changes what it reads; {@link Checks} says which come before it. */
@FunctionalInterface
interface Check {
    /** The reason to refuse, or null to let pass. */
    @Nullable
    Denial test(Candidate order, AccountBook book, MarketView market);
}
