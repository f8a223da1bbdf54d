package papertape.sim;

import org.jspecify.annotations.Nullable;

/** What stands between one instrument's printed messages and the clients: nothing, unless it was told to misbehave. */
final class Mischief {
    private final Delivery delivery;
    private int skip;
    private int repeat;
    private int reorder;
    private int malformed;
    private long silentUntilNanos;
    private boolean silent;
    private @Nullable JsonText held;
    private SimChannel heldChannel = SimChannel.LEVEL2;

    /** Sends to the clients. */
    interface Delivery {
        /** @param genuine false: a repeated or broken copy */
        void deliver(SimChannel channel, byte[] text, int length, boolean genuine);
    }

    Mischief(Delivery delivery) {
        this.delivery = delivery;
    }

    void tell(Misbehavior wrong, long nowNanos) {
        switch (wrong.action()) {
            case SKIP -> skip += wrong.count();
            case REPEAT -> repeat += wrong.count();
            case REORDER -> reorder += wrong.count();
            case MALFORMED -> malformed += wrong.count();
            case SILENCE -> {
                silent = true;
                silentUntilNanos = nowNanos + (long) (wrong.seconds() * 1e9);
            }
            case DROP, HALT, RESUME, ONLINE, LIMIT_ONLY, POST_ONLY, CANCEL_ONLY, OFFLINE ->
                throw new IllegalArgumentException(wrong + " concerns no single message");
        }
    }

    void pass(SimChannel channel, JsonText text, long nowNanos) {
        if (silent && nowNanos - silentUntilNanos < 0) {
            return;
        }
        silent = false;
        if (channel == SimChannel.HEARTBEAT) {
            delivery.deliver(channel, text.bytes(), text.length(), true);
        } else if (skip > 0) {
            skip--;
        } else {
            inOrder(channel, text);
        }
    }

    private void inOrder(SimChannel channel, JsonText text) {
        JsonText earlier = held;
        if (earlier == null && reorder > 0) {
            reorder--;
            held = text.copy();
            heldChannel = channel;
            return;
        }
        once(channel, text);
        if (earlier != null) {
            held = null;
            once(heldChannel, earlier);
        }
    }

    private void once(SimChannel channel, JsonText text) {
        if (malformed > 0) {
            malformed--;
            // Half of an object is never an object
            delivery.deliver(channel, text.bytes(), text.length() / 2, false);
        }
        delivery.deliver(channel, text.bytes(), text.length(), true);
        if (repeat > 0) {
            repeat--;
            delivery.deliver(channel, text.bytes(), text.length(), false);
        }
    }
}
