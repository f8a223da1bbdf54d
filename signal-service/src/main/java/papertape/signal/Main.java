package papertape.signal;

import java.util.List;
import papertape.common.config.Config;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;
import papertape.common.stage.Stage;

/** The process: market data in, signals out. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage("signal", Main::inputs, Main::rules).run(args);
    }

    private static List<Input> inputs(Config config) {
        return List.of(Input.only(Channel.TICKS, StrategyCatalog.load(config).listensTo()));
    }

    private static Stage.Factory rules(Config config) {
        StrategyCatalog catalog = StrategyCatalog.load(config);
        return context -> new SignalStage(config, catalog, context);
    }
}
