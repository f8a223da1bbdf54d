package papertape.execution;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

<<<<<<< HEAD
/** The paper venue's process: approved orders and market data in, executions out. */
=======
/** The execution's process: approved orders and market data to executions. */
>>>>>>> execution
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage(
                        "execution",
<<<<<<< HEAD
                        // orders first: an order that came with a tick waits for the next one, it does not miss it
=======
>>>>>>> execution
                        List.of(Input.all(Channel.APPROVED), Input.all(Channel.TICKS)),
                        config -> context -> new ExecutionStage(config, context))
                .run(args);
    }
}
