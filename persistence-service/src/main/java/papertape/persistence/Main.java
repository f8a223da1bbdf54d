package papertape.persistence;

import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.config.PersistenceSettings;
import papertape.common.runtime.Service;

/** Runs the service. */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.sink("persistence", StoredInputs.of(content()), QuestDbSink::new)
                .run(args);
    }

    private static PersistenceSettings content() {
        try {
            return ConfigReader.defaults(System.getenv()).persistence();
        } catch (ConfigException e) {
            // The service reads the configuration again and says what is wrong with it.
            return new PersistenceSettings(false, false);
        }
    }
}
