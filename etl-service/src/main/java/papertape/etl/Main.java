package papertape.etl;

import java.util.List;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The ETL's process: venue messages to trades, quotes, books, bars and marks. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.stage("etl", List.of(Input.all(Channel.RAW)), config -> context -> new EtlStage(config, context))
                .run(args);
    }
}
