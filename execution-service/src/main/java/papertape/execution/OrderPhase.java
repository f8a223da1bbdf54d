package papertape.execution;

/** How the states of {@link LiveOrder} are called where they are saved. */
enum OrderPhase {
    PENDING,
    HELD,
    RELEASED,
    UNTRIGGERED,
    SEEKING,
    RESTING
}
