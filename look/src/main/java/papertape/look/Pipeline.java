package papertape.look;

import java.util.List;

/** The stages that every stack has, in the order in which data flows. */
public final class Pipeline {
    public static final String FEED = "feed";
    public static final String ETL = "etl";

    public static final List<String> STAGES =
            List.of(FEED, ETL, "signal", "order", "risk", "execution", "pnl", "persistence");

    private Pipeline() {}
}
