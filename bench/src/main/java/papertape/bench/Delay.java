package papertape.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import papertape.bench.Results.Delays;

/** Delays at a rate that leaves the machine air, of ten instruments. */
final class Delay {
    private static final int INSTRUMENTS = 10;
    private static final TradingSetup TRADING = new TradingSetup(1, 1, 3);

    private Delay() {}

    /** @param burst market messages at full speed that warm the processes up */
    static List<Delays> measure(int perSecond, long burst, int settleSeconds, int seconds)
            throws IOException, InterruptedException {
        Load load = Load.paced(INSTRUMENTS, perSecond, burst);
        try (Rig rig = Rig.start(load, Map.of(), TRADING.yaml(INSTRUMENTS));
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
