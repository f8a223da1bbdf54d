package papertape.signal;

import papertape.common.value.Direction;

/** What a strategy last said about an instrument. */
record LastSignal(Direction direction, double strength) {}
