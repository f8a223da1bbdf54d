package papertape.dashboard.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.StrategySettings;
import papertape.common.message.Channel;
import papertape.dashboard.model.Model;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;

/** What a page needs to know before it shows anything. */
public final class SetupApi {
    /** An instrument's steps; digits follow from tick and lot. */
    record InstrumentView(
            String name, String tick, String lot, String minQty, String maxQty, String base, String quote) {}

    record StrategyView(String name, String kind, String account) {}

    record Setup(
            String stack,
            boolean readOnly,
            String feed,
            List<InstrumentView> instruments,
            List<StrategyView> strategies,
            List<String> bars,
            List<String> channels,
            List<String> services) {}

    private final Config config;
    private final Model model;
    private final Supplier<String> stackId;
    private final Supplier<List<String>> services;

    public SetupApi(Config config, Model model, Supplier<String> stackId, Supplier<List<String>> services) {
        this.config = config;
        this.model = model;
        this.stackId = stackId;
        this.services = services;
    }

    /** Instruments that are configured and have been heard of come first. */
    public Answer setup(Request request) {
        Set<String> heard = new TreeSet<>();
        model.instruments().forEach(row -> heard.add(row.instrument()));
        List<InstrumentView> first = new ArrayList<>();
        List<InstrumentView> others = new ArrayList<>();
        for (InstrumentSettings each : config.instruments()) {
            (heard.contains(each.name().name()) ? first : others).add(view(each));
        }
        first.addAll(others);
        List<StrategyView> strategies =
                config.strategies().stream().map(SetupApi::view).toList();
        List<String> channels = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            channels.add(channel.text());
        }
        return Answer.of(new Setup(
                stackId.get(),
                config.dashboard().readOnly(),
                config.feed().kind(),
                first,
                strategies,
                config.etl().bars(),
                channels,
                services.get()));
    }

    private static InstrumentView view(InstrumentSettings each) {
        return new InstrumentView(
                each.name().name(),
                each.tick().toString(),
                each.lot().toString(),
                each.minQty().toString(),
                each.maxQty().toString(),
                each.base(),
                each.quote());
    }

    private static StrategyView view(StrategySettings each) {
        return new StrategyView(each.name().value(), each.kind(), each.account().value());
    }
}
