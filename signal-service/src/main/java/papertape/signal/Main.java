package papertape.signal;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The strategies' process: market data to signals. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage("signal", List.of(Input.all(Channel.TICKS)), config -> {
                    StrategyCatalog catalog = StrategyCatalog.load(config);
                    return context -> new SignalStage(config, catalog, context);
                })
                .run(args);
    }
}
