package papertape.pnl;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The P&L's process: fills and marks to positions, profit and equity. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage(
                        "pnl",
                        List.of(Input.all(Channel.ACCOUNTS), Input.all(Channel.EXECUTIONS), Input.all(Channel.MARKS)),
                        config -> context -> new PnlStage(config, context))
                .run(args);
    }
}
