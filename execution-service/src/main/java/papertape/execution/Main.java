package papertape.execution;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The execution's process: approved orders and market data to executions. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage(
                        "execution",
                        List.of(Input.all(Channel.APPROVED), Input.all(Channel.TICKS)),
                        config -> context -> new ExecutionStage(config, context))
                .run(args);
    }
}
