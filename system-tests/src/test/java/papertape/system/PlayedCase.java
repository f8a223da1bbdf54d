package papertape.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import papertape.cli.replay.Replay;
import papertape.cli.replay.ReplayReport;
import papertape.cli.stack.Stack;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.message.Bar;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.look.JournalReader;
import papertape.sim.replay.Recording;

/** A short recording through a private stack, with its report and all market data that etl sent. */
final class PlayedCase implements Replay.Observer {
    private List<Message> ticks = List.of();

    private PlayedCase() {}

    /** What came out. */
    record Result(ReplayReport report, List<Message> ticks) {
        List<String> quotes(String instrument) {
            return of(Quote.class, instrument).stream()
                    .map(quote -> side(quote.bidPx(), quote.bidQty()) + "/" + side(quote.askPx(), quote.askQty()))
                    .toList();
        }

        List<String> trades(String instrument) {
            return of(Trade.class, instrument).stream()
                    .map(trade -> trade.ts() + " " + trade.qty() + "@" + trade.price())
                    .toList();
        }

        List<String> bars(String instrument, String interval) {
            return of(Bar.class, instrument).stream()
                    .filter(bar -> bar.interval().equals(interval))
                    .map(bar ->
                            bar.open() + " " + bar.high() + " " + bar.low() + " " + bar.close() + " " + bar.volume())
                    .toList();
        }

        List<String> statuses(String instrument) {
            return of(FeedStatus.class, instrument).stream()
                    .map(status -> status.status().name().toLowerCase(Locale.ROOT))
                    .toList();
        }

        private static String side(Object px, Object qty) {
            return px == null ? "-" : px + "@" + qty;
        }

        private <M extends papertape.common.message.MarketData> List<M> of(Class<M> type, String instrument) {
            return ticks.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(message -> message.instrument().name().equals(instrument))
                    .toList();
        }
    }

    static Result of(Recording recording, Path folder) throws IOException, InterruptedException {
        PlayedCase watching = new PlayedCase();
        String venue = recording.venue().name().toLowerCase(Locale.ROOT);
        ReplayReport report = ReplayRun.of(recording, venue, List.of(), folder, watching);
        return new Result(report, watching.ticks);
    }

    @Override
    public void progress(int sent, int total, Stack stack) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            List<Message> found = new ArrayList<>();
            for (int p = 0; p < stack.config().bus().partitions(); p++) {
                new JournalReader(bus).read(Channel.TICKS, p, "", found::add);
            }
            ticks = found;
        } catch (Redis.Unavailable e) {
            // it is asked again in a moment
            ticks = List.of();
        }
    }
}
