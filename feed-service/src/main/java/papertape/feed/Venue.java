package papertape.feed;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.FeedSettings;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.Secret;
import papertape.common.value.Instrument;

/** Puts together what the configured kind of feed needs. */
final class Venue {
    /** Where a kind of feed finds its venue when the configuration does not say. */
    private record Place(String name, String url, String restUrl) {}

    private static final LongSupplier MICROS = () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private static final LongSupplier SECONDS = () -> Instant.now().getEpochSecond();

    private final FeedSettings settings;
    private final FeedOptions options;
    private final Place place;
    private final List<Instrument> instruments;
    private final FeedCounters counters = new FeedCounters();
    private final Inbox inbox;

    Venue(Config config, FeedOptions options) {
        this(
                config.feed(),
                options,
                config.sim().port(),
                config.instruments().stream().map(InstrumentSettings::name).toList());
    }

    /** @param all instruments of any venue */
    Venue(FeedSettings settings, FeedOptions options, int simPort, List<Instrument> all) {
        this.settings = settings;
        this.options = options;
        this.place = place(settings.kind(), simPort);
        this.instruments = all.stream()
                .filter(instrument -> instrument.venue().equals(place.name()))
                .sorted()
                .toList();
        if (instruments.isEmpty()) {
            throw new ConfigException(List.of("instruments: none is of venue " + place.name() + ", which feed.kind \""
                    + settings.kind() + "\" connects to"));
        }
        Inbox.Mode mode = new Inbox.Mode(
                isThrottled(), options.isReplay(), !settings.kind().equals("binance"));
        this.inbox = new Inbox(place.name(), mode, options, counters, System::nanoTime, MICROS);
    }

    private static Place place(String kind, int simPort) {
        return switch (kind) {
            case "sim" -> new Place("SIM", "ws://127.0.0.1:" + simPort, "http://127.0.0.1:" + simPort);
            case "coinbase", "coinbase-rest" ->
                new Place("COINBASE", "wss://ws-feed.exchange.coinbase.com", "https://api.exchange.coinbase.com");
            case "binance" -> new Place("BINANCE", "wss://stream.binance.com:9443/stream", "https://api.binance.com");
            default ->
                throw new ConfigException(
                        List.of("feed.kind: \"" + kind + "\" (accepted: sim, coinbase, binance, coinbase-rest)"));
        };
    }

    String name() {
        return place.name();
    }

    List<Instrument> instruments() {
        return instruments;
    }

    Inbox inbox() {
        return inbox;
    }

    FeedCounters counters() {
        return counters;
    }

    /** Whether the stack goes on living when its recording has ended. */
    boolean isLiving() {
        return options.isLiving();
    }

    boolean isThrottled() {
        return options.isReplay() || settings.kind().equals("sim");
    }

    /** The feed, its threads running. */
    Feed connect() {
        return switch (settings.kind()) {
            case "coinbase-rest" ->
                new CoinbaseRestFeed(
                                restUrl(),
                                inbox,
                                settings.pollMs(),
                                settings.statusPollMs(),
                                backoff(),
                                counters,
                                MICROS)
                        .start();
            case "binance" -> binance();
            default -> webSocket(new CoinbaseAdapter(name(), instruments, settings.level2Channel(), signer()), url());
        };
    }

    private Feed binance() {
        URI url = url();
        String path = url.getPath();
        URI combined = path == null || path.isEmpty() || path.equals("/") ? url.resolve("/stream") : url;
        BinanceAdapter adapter = new BinanceAdapter(name(), instruments);
        if (options.isReplay() && settings.restUrl().isEmpty()) {
            return webSocket(adapter, combined);
        }
        BinanceRest rest = new BinanceRest(
                new DepthSnapshots(restUrl(), inbox, backoff(), counters, MICROS).start(),
                new SymbolStatuses(restUrl(), inbox, settings.statusPollMs(), backoff(), counters, MICROS).start());
        return new WebSocketFeed(
                        adapter,
                        combined,
                        inbox,
                        options,
                        settings.silenceMs(),
                        backoff(),
                        rest,
                        null,
                        counters,
                        MICROS)
                .start();
    }

    private Feed webSocket(VenueAdapter adapter, URI url) {
        return new WebSocketFeed(
                        adapter,
                        url,
                        inbox,
                        options,
                        settings.silenceMs(),
                        backoff(),
                        WebSocketFeed.Snapshots.NONE,
                        backfill(),
                        counters,
                        MICROS)
                .start();
    }

    /** None for a replay, which resumes by itself, and for another's WebSocket without a word about its REST interface. */
    private @Nullable TradeBackfill backfill() {
        boolean hasRest = !settings.restUrl().isEmpty() || settings.url().isEmpty();
        boolean isCoinbase = !settings.kind().equals("binance");
        return hasRest && isCoinbase && !options.isReplay() ? new TradeBackfill(restUrl(), counters) : null;
    }

    private Backoff backoff() {
        return new Backoff(
                settings.backoffMinMs(),
                settings.backoffMaxMs(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private Signer signer() {
        // Credentials go to the real venue only.
        return new Signer(
                name().equals("COINBASE") && !options.isReplay() ? settings.apiKey() : Secret.NONE,
                settings.apiSecret(),
                settings.apiPassphrase(),
                SECONDS);
    }

    private URI url() {
        return URI.create(settings.url().isEmpty() ? place.url() : settings.url());
    }

    private String restUrl() {
        String url = settings.restUrl().isEmpty() ? place.restUrl() : settings.restUrl();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
