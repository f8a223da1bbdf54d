package papertape.order;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The process: signals and executions in, orders out; keeps the front door of signals. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage(
                        "order",
                        List.of(Input.all(Channel.SIGNALS), Input.all(Channel.EXECUTIONS)),
                        config -> context -> new OrderStage(config, context))
                .keepingDoors(Channel.SIGNALS)
                .run(args);
    }
}
