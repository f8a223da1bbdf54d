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

    static List<Delays> measure(int perSecond, int warmUpSeconds, int seconds)
            throws IOException, InterruptedException {
        Load load = new Load(INSTRUMENTS, perSecond, 0);
        try (Rig rig = Rig.start(load, Map.of(), TRADING.yaml(INSTRUMENTS));
                DelayWatch watch = new DelayWatch(rig)) {
            watch.awaitFirstFill();
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            watch.begin();
            TimeUnit.SECONDS.sleep(seconds);
            watch.end();
            return watch.summary(perSecond);
        }
    }
}
