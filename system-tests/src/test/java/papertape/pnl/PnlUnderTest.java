package papertape.pnl;

import papertape.common.config.Config;
import papertape.common.stage.Stage;

/** The profit and loss stage for tests over several stages. */
public final class PnlUnderTest {
    private PnlUnderTest() {}

    public static Stage.Factory factory(Config config) {
        return context -> new PnlStage(config, context);
    }
}
