package papertape.risk;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The gate's process: orders and account commands in, approved orders and refusals out; keeps their front doors. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage(
                        "risk",
                        // what frees money comes before what wants it
                        List.of(
                                Input.all(Channel.ACCOUNTS),
                                Input.all(Channel.EXECUTIONS),
                                Input.all(Channel.ORDERS),
                                Input.all(Channel.MARKS)),
                        config -> context -> new RiskStage(config, context))
                .keepingDoors(Channel.ORDERS, Channel.ACCOUNTS)
                .run(args);
    }
}
