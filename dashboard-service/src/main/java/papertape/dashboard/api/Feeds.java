package papertape.dashboard.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.json.JsonText;
import papertape.common.message.Channel;
import papertape.common.value.Instrument;
import papertape.dashboard.model.Model;
import papertape.dashboard.model.StatusPoller;
import papertape.dashboard.web.EventStream;
import papertape.dashboard.web.Request;

/** What a browser can be told of: {@code topics=status,accounts,orders}, {@code market=SIM:BTC-USD}. */
public final class Feeds {
    private static final int FAST = 1;
    private static final int TWICE_A_SECOND = 5;

    private final Model model;
    private final StatusPoller poller;
    private final Config config;

    public Feeds(Config config, Model model, StatusPoller poller) {
        this.config = config;
        this.model = model;
        this.poller = poller;
    }

    public List<EventStream.Feed> of(Request request) {
        List<EventStream.Feed> feeds = new ArrayList<>();
        for (String topic : request.need("topics").split(",")) {
            feeds.add(
                    switch (topic) {
                        case "status" ->
                            new VersionFeed("status", TWICE_A_SECOND, poller::version, () -> json(poller.latest()));
                        case "accounts" ->
                            new VersionFeed(
                                    "accounts",
                                    TWICE_A_SECOND,
                                    model::accountsVersion,
                                    () -> JsonText.of(model.accounts()));
                        case "orders" ->
                            new VersionFeed("orders", FAST, model::ordersVersion, () -> JsonText.of(model.orders()));
                        case "signals" ->
                            new VersionFeed(
                                    "signals",
                                    TWICE_A_SECOND,
                                    model::signalsVersion,
                                    () -> JsonText.of(new Model.SignalsView(model.signals())));
                        default ->
                            throw new IllegalArgumentException(
                                    "unknown topic: " + topic + " (accepted: status, accounts, orders, signals)");
                    });
        }
        if (!request.get("market").isEmpty()) {
            feeds.add(new MarketFeed(model, Instrument.of(request.get("market"))));
        }
        if (!request.get("tail").isEmpty()) {
            feeds.add(new TailFeed(config, channel(request.get("tail")), request.get("text")));
        }
        return feeds;
    }

    private static Channel channel(String name) {
        for (Channel each : Channel.values()) {
            if (each.text().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("unknown channel: " + name);
    }

    private static @Nullable String json(StatusPoller.@Nullable StatusView view) {
        return view == null ? null : JsonText.of(view);
    }

    /** Sends the whole of something whenever its version has changed. */
    private static final class VersionFeed implements EventStream.Feed {
        private final String name;
        private final int every;
        private final LongSupplier version;
        private final Supplier<@Nullable String> json;
        private long sent = -1;

        VersionFeed(String name, int every, LongSupplier version, Supplier<@Nullable String> json) {
            this.name = name;
            this.every = every;
            this.version = version;
            this.json = json;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int every() {
            return every;
        }

        @Override
        public @Nullable String next() {
            long now = version.getAsLong();
            if (now == sent) {
                return null;
            }
            sent = now;
            return json.get();
        }
    }

    private static final class MarketFeed implements EventStream.Feed {
        private final Model model;
        private final Instrument instrument;
        private Model.MarketPlace place = Model.MarketPlace.START;

        MarketFeed(Model model, Instrument instrument) {
            this.model = model;
            this.instrument = instrument;
        }

        @Override
        public String name() {
            return "market";
        }

        @Override
        public @Nullable String next() {
            Model.News<Model.MarketView> news = model.market(instrument, place);
            place = news.place();
            return news.view() == null ? null : JsonText.of(news.view());
        }
    }
}
