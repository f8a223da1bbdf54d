package papertape.persistence;

import papertape.common.runtime.Service;

/** The persistence's process: every journaled channel into the database. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.sink("persistence", config -> StoredInputs.of(config.persistence()), QuestDbSink::new)
                .run(args);
    }
}
