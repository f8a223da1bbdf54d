package papertape.persistence;

import java.util.Arrays;
import java.util.List;
import papertape.common.config.Config;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;

/** The persistence's process: every journaled channel into the database. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.sink("persistence", Main::inputs, QuestDbSink::new).run(args);
    }

    private static List<Input> inputs(Config config) {
        return Arrays.stream(Channel.values())
                .filter(Channel::isJournaled)
                .filter(channel ->
                        channel != Channel.RAW || config.persistence().raw())
                .map(Input::all)
                .toList();
    }
}
