package papertape.cli.chaos;

import java.util.Locale;

/** What can go wrong, and how often of a thousand times it does. */
public enum FaultKind {
    /** One to three workers of any stages get SIGKILL. */
    KILL_WORKERS(170),
    /** A worker gets SIGSTOP for longer than its lease, then SIGCONT: it comes back believing it owns its tasks. */
    PAUSE_WORKER(100),
    /** A stage gets another number of workers. */
    SCALE(50),
    /** Connections to Redis are reset. */
    CUT_CONNECTIONS(120),
    /** Connections end before what was sent reaches Redis. */
    LOSE_REQUESTS(80),
    /** Connections end after Redis did what was asked, before it could say so. */
    LOSE_REPLIES(80),
    /** What workers send reaches Redis late, sometimes later than their leases last. */
    DELAY_REQUESTS(70),
    /** What Redis sends reaches workers late. */
    DELAY_REPLIES(70),
    /** Redis ends all subscriptions. */
    KILL_SUBSCRIBERS(90),
    /** Subscribers' output buffers overrun while one of them does not read, so that Redis drops what was under way. */
    OVERRUN_BUFFERS(40),
    /** Redis forgets all scripts. */
    FLUSH_SCRIPTS(70),
    /** The venue ends its connections. */
    DROP_VENUE(35),
    /** Redis gets SIGKILL and is started again from its append-only file. */
    KILL_REDIS(15),
    /** The database gets SIGKILL and is started again. */
    KILL_DATABASE(10);

    final int share;

    FaultKind(int share) {
        this.share = share;
    }

    /** As in reports: {@code kill-workers}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
