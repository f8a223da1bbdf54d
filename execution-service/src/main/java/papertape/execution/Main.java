package papertape.execution;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The paper venue's process: approved orders and market data in, executions out. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage(
                        "execution",
                        // orders first: an order that came with a tick waits for the next one, it does not miss it
                        List.of(Input.all(Channel.APPROVED), Input.all(Channel.TICKS)),
                        config -> context -> new ExecutionStage(config, context))
                .run(args);
    }
}
