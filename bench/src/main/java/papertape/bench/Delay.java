package papertape.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import papertape.bench.Results.Delays;

/** Delays at a rate that leaves the machine air, of ten instruments. */
final class Delay {
    private static final int INSTRUMENTS = 10;
    /** So that an order is usually done before its instrument's next signal, which would have to wait for it. */
    private static final int RATE_OF_A_SIGNAL_EACH_TRADE = 333;

    private Delay() {}

    /** @param burst market messages at full speed that warm the processes up */
    static List<Delays> measure(int perSecond, long burst, int settleSeconds, int seconds)
            throws IOException, InterruptedException {
        Load load = Load.paced(INSTRUMENTS, perSecond, burst);
        TradingSetup trading = new TradingSetup(1, 1, Math.max(1, perSecond / RATE_OF_A_SIGNAL_EACH_TRADE));
        try (Rig rig = Rig.start(load, Map.of(), trading.yaml(INSTRUMENTS));
                DelayWatch watch = new DelayWatch(rig)) {
            watch.awaitFirstFill();
            rig.awaitSteady(load);
            TimeUnit.SECONDS.sleep(settleSeconds);
            watch.begin();
            TimeUnit.SECONDS.sleep(seconds);
            watch.end();
            return watch.summary(perSecond);
        }
    }
}
