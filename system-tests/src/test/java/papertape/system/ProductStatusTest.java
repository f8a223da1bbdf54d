package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.MarketData;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Price;
import papertape.sim.Misbehavior;
import papertape.sim.Misbehavior.Action;
import papertape.sim.replay.Recording;
import papertape.system.TradingStack.Said;

/** A product that the venue restricts, over a real WebSocket, through all processes, a new connection and a restart (rule 15). */
final class ProductStatusTest {
    private static final String BTC = "SIM:BTC-USD";
    private static final String PRODUCT = "BTC-USD";
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final BigDecimal BELOW = new BigDecimal("0.9985");
    private static final BigDecimal ABOVE = new BigDecimal("1.0015");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void a_product_that_takes_cancels_only_takes_and_fills_no_order_until_it_is_online_again() throws Exception {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        try (TradingStack stack = TradingStack.start(folder, 7, 300, now, "")) {
            until(stack, FeedState.LIVE);
            Price buyAt = px(stack, BELOW);
            Price sellAt = px(stack, ABOVE);
            ordered(stack, "buy", buyAt, "alpha", "b");
            ordered(stack, "sell", sellAt, "beta", "s");

            stack.tell(Misbehavior.of(Action.CANCEL_ONLY, PRODUCT, 0));
            FeedStatus halt = until(stack, FeedState.HALTED);
            assertThat(halt.detail()).isEqualTo("the venue takes cancels only");
            assertThat(ids(stack)).as("both orders rest when the halt begins").isEmpty();
            rejected(stack, "halted", "new-1");
            awaitTradeBeyond(stack, halt.ts(), buyAt, sellAt);
            assertThat(ids(stack)).as("fills while halted").isEmpty();
            Said cancel = stack.run("cancel", "b");
            assertThat(cancel.text()).contains("canceled");
            assertThat(cancel.code()).as(cancel.text()).isEqualTo(OK);

            int before = statuses(stack).size();
            stack.tell(Misbehavior.of(Action.DROP, PRODUCT, 0));
            await(() -> statuses(stack).size() >= before + 2 && last(stack) == FeedState.HALTED);
            assertThat(statuses(stack).subList(before, statuses(stack).size()))
                    .extracting(FeedStatus::status)
                    .doesNotContain(FeedState.LIVE);
            rejected(stack, "halted", "new-2");

            stack.restart();
            await(() -> last(stack) == FeedState.HALTED);
            rejected(stack, "halted", "new-3");
            assertThat(ids(stack)).as("fills while halted").isEmpty();
            assertThat(statuses(stack))
                    .filteredOn(status -> status.ts() > halt.ts())
                    .extracting(FeedStatus::status)
                    .doesNotContain(FeedState.LIVE);

            stack.tell(Misbehavior.of(Action.LIMIT_ONLY, PRODUCT, 0));
            until(stack, FeedState.LIMIT_ONLY);
            Said market = stack.run("order", "buy", "0.01", BTC, "--id", "new-4");
            assertThat(market.text()).contains("rejected", "rule=15 feed=limit_only");
            assertThat(market.code()).isEqualTo(REFUSED);
            ordered(stack, "buy", px(stack, new BigDecimal("0.97")), "alpha", "l");

            stack.tell(Misbehavior.of(Action.ONLINE, PRODUCT, 0));
            until(stack, FeedState.LIVE);
            Said taken = stack.run("order", "buy", "0.01", BTC, "--id", "new-5");
            assertThat(taken.text()).contains("filled");
            assertThat(taken.code()).as(taken.text()).isEqualTo(OK);
        }
    }

    /** A connection to a venue of two products, recorded as it came. */
    @Test
    void a_replayed_recording_halts_a_product_as_a_live_venue_does() throws Exception {
        Path file = folder.resolve("status.tsv");
        StringBuilder text = new StringBuilder();
        text.append(line(0, status(false)));
        for (String product : List.of("BTC-USD", "ETH-USD")) {
            text.append(line(
                    1,
                    "{\"type\":\"snapshot\",\"product_id\":\"" + product
                            + "\",\"bids\":[[\"99\",\"1\"]],\"asks\":[[\"101\",\"1\"]]}"));
        }
        text.append(line(2, status(true)));
        text.append(line(3, status(true)));
        text.append(line(
                4,
                "{\"type\":\"match\",\"trade_id\":1,\"side\":\"sell\",\"size\":\"1\",\"price\":\"100\","
                        + "\"product_id\":\"BTC-USD\",\"time\":\"2026-01-01T00:00:04.000000Z\"}"));
        text.append(line(5, status(false)));
        Files.writeString(file, text);

        PlayedCase.Result result = PlayedCase.of(Recording.read(file), folder.resolve("stack"));

        assertThat(result.report().problems()).isEmpty();
        assertThat(result.report().deadLetters()).isZero();
        assertThat(result.statuses("COINBASE:BTC-USD")).containsExactly("live", "halted", "live");
        assertThat(result.statuses("COINBASE:ETH-USD")).containsExactly("live");
        assertThat(result.trades("COINBASE:BTC-USD")).hasSize(1);
    }

    private static String line(int second, String text) {
        return 1_767_225_600_000_000L + second * 1_000_000L + "\t" + text + "\n";
    }

    private static String status(boolean isHalted) {
        return "{\"type\":\"status\",\"products\":[{\"id\":\"ETH-USD\",\"status\":\"online\"},"
                + "{\"id\":\"BTC-USD\",\"status\":\"online\",\"cancel_only\":" + isHalted
                + "},{\"id\":\"XRP-USD\",\"status\":\"offline\"}],\"currencies\":[]}";
    }

    private static void ordered(TradingStack stack, String side, Price limit, String account, String id) {
        Said said =
                stack.run("order", side, "0.01", BTC, "--limit", limit.toString(), "--account", account, "--id", id);
        assertThat(said.code()).as(said.text()).isEqualTo(OK);
    }

    private static void rejected(TradingStack stack, String state, String id) {
        Said said = stack.run(
                "order", "buy", "0.01", BTC, "--limit", px(stack, BELOW).toString(), "--id", id);
        assertThat(said.text()).contains("rejected", "rule=15 feed=" + state);
        assertThat(said.code()).as(said.text()).isEqualTo(REFUSED);
    }

    /** The market goes on at the venue, and one of the two orders would have filled. */
    private static void awaitTradeBeyond(TradingStack stack, long since, Price buyAt, Price sellAt) {
        await(() -> data(stack, Trade.class).stream()
                .filter(trade -> trade.ts() > since)
                .anyMatch(trade -> trade.price().isBelow(buyAt) || sellAt.isBelow(trade.price())));
    }

    /** Orders that have filled. */
    private static List<String> ids(TradingStack stack) {
        return stack.messages(Channel.EXECUTIONS).stream()
                .filter(Execution.class::isInstance)
                .map(Execution.class::cast)
                .filter(each -> each.execType() == ExecType.TRADE)
                .map(each -> each.orderId().toString())
                .toList();
    }

    private static Price px(TradingStack stack, BigDecimal factor) {
        Quote quote = data(stack, Quote.class).getLast();
        Price bid = quote.bidPx();
        if (bid == null) {
            throw new AssertionError("no bid: " + quote);
        }
        return new Price(bid.value().multiply(factor).setScale(2, RoundingMode.HALF_EVEN));
    }

    private static FeedStatus until(TradingStack stack, FeedState state) {
        await(() -> last(stack) == state);
        return statuses(stack).getLast();
    }

    private static FeedState last(TradingStack stack) {
        List<FeedStatus> all = statuses(stack);
        return all.isEmpty() ? FeedState.STALE : all.getLast().status();
    }

    private static List<FeedStatus> statuses(TradingStack stack) {
        return data(stack, FeedStatus.class);
    }

    private static <M extends MarketData> List<M> data(TradingStack stack, Class<M> type) {
        return stack.messages(Channel.TICKS).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(message -> message.instrument().name().equals(BTC))
                .toList();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(condition);
    }
}
