package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Level;
import papertape.common.value.Liquidity;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** What holds in every run, over seeded random markets and orders of every type. */
class RandomRunsTest {
    private static final int SEEDS = 40;
    private static final int STEPS = 1_500;

    /** One run: the same seed gives the same messages, whatever becomes of the stage in between. */
    private static final class Run {
        final Venue venue = new Venue();
        final Map<OrderId, Long> orderTs = new HashMap<>();
        final TreeMap<Price, Qty> bids = new TreeMap<>();
        final TreeMap<Price, Qty> asks = new TreeMap<>();
        final Random random;
        final int restartEvery;
        final List<String> broken = new ArrayList<>();
        private final Map<String, Qty> takenOfLevel = new HashMap<>();
        /** What was ever added to a level since it appeared. */
        private final Map<String, Qty> added = new HashMap<>();

        private long clock;
        private int orders;

        Run(long seed, int restartEvery) {
            this.random = new Random(seed);
            this.restartEvery = restartEvery;
        }

        List<Execution> go() {
            for (int step = 0; step < STEPS; step++) {
                clock += random.nextInt(30);
                step();
                if (restartEvery > 0 && step % restartEvery == 0) {
                    venue.tester.restart();
                }
            }
            return venue.executions;
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 45) {
                book();
            } else if (dice < 70) {
                trade();
            } else if (dice < 90) {
                order();
            } else if (dice < 95) {
                venue.cancel(clock, "o" + (orders - random.nextInt(8)));
            } else if (dice < 99) {
                replace();
            } else {
                venue.feed(clock, FeedState.STALE);
                clock += random.nextInt(100);
                venue.feed(clock, FeedState.LIVE);
            }
        }

        private void book() {
            boolean snapshot = random.nextInt(10) == 0;
            if (snapshot) {
                bids.clear();
                asks.clear();
                takenOfLevel.clear();
                added.clear();
            }
            List<Level> newBids = change(bids, Side.BUY);
            List<Level> newAsks = change(asks, Side.SELL);
            List<Execution> sent =
                    snapshot ? venue.snapshot(clock, newBids, newAsks) : venue.update(clock, newBids, newAsks);
            checkDisplayed(sent);
        }

        private List<Level> change(TreeMap<Price, Qty> side, Side bookSide) {
            List<Level> changes = new ArrayList<>();
            int first = bookSide == Side.BUY ? 980 : 995;
            Set<Price> once = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                Price px = new Price(BigDecimal.valueOf(first + random.nextInt(25), 1));
                Qty qty = Qty.of(Integer.toString(random.nextInt(6)));
                if (!once.add(px)) {
                    continue;
                }
                changes.add(new Level(px, qty));
                String level = " " + bookSide + px;
                if (qty.isZero()) {
                    side.remove(px);
                    added.remove(level);
                    takenOfLevel.keySet().removeIf(key -> key.endsWith(level));
                } else {
                    Qty before = side.getOrDefault(px, Qty.ZERO);
                    added.merge(level, qty.minus(before).max(Qty.ZERO), Qty::plus);
                    side.put(px, qty);
                }
            }
            return changes;
        }

        private void trade() {
            Side aggressor = random.nextInt(5) == 0 ? null : random.nextBoolean() ? Side.BUY : Side.SELL;
            String px = BigDecimal.valueOf(980 + random.nextInt(40), 1).toPlainString();
            int qty = 1 + random.nextInt(9);
            checkDisplayed(venue.trade(clock, aggressor, qty + "@" + px));
        }

        /** Fills that name a level of the book took it from there: never more than it shows, an account. */
        private void checkDisplayed(List<Execution> sent) {
            for (Execution e : sent) {
                String level = word(e.text(), "level=", "opposite=");
                if (e.execType() != ExecType.TRADE || level == null) {
                    continue;
                }
                TreeMap<Price, Qty> side = e.side() == Side.BUY ? asks : bids;
                String place = " " + e.side().opposite() + level;
                Qty taken = takenOfLevel.merge(e.account() + place, e.lastQty(), Qty::plus);
                boolean isMoreThanAdded = taken.compareTo(added.getOrDefault(place, Qty.ZERO)) > 0;
                if (isMoreThanAdded || e.lastQty().compareTo(side.getOrDefault(Price.of(level), Qty.ZERO)) > 0) {
                    broken.add("took " + taken + " of " + side.get(Price.of(level)) + ": " + e);
                }
            }
        }

        private static String word(String text, String... names) {
            for (String part : text.split(" ")) {
                for (String name : names) {
                    if (part.startsWith(name)) {
                        return part.substring(name.length());
                    }
                }
            }
            return null;
        }

        private void order() {
            String id = "o" + ++orders;
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            Ticket ticket = venue.order(id, side, Integer.toString(1 + random.nextInt(12)));
            String px = BigDecimal.valueOf(980 + random.nextInt(40), 1).toPlainString();
            switch (random.nextInt(6)) {
                case 0 -> {}
                case 1, 2 -> ticket.limit(px);
                case 3 -> ticket.stop(px);
                case 4 -> ticket.stop(px).limit(px);
                default -> ticket.trail("0." + (1 + random.nextInt(9)));
            }
            switch (random.nextInt(8)) {
                case 0 -> ticket.tif(TimeInForce.IOC);
                case 1 -> ticket.tif(TimeInForce.FOK);
                case 2 -> ticket.until(clock + random.nextInt(2_000));
                case 3 -> ticket.tif(TimeInForce.DAY);
                case 4 -> ticket.reduceOnly();
                case 5 -> ticket.postOnly();
                default -> {}
            }
            if (random.nextInt(3) == 0) {
                int away = 1 + random.nextInt(30);
                BigDecimal up = BigDecimal.valueOf(1000 + away, 1);
                BigDecimal down = BigDecimal.valueOf(1000 - away, 1);
                ticket.takeProfit((side == Side.BUY ? up : down).toPlainString());
                ticket.stopLoss((side == Side.BUY ? down : up).toPlainString());
            }
            if (random.nextInt(3) == 0) {
                ticket.account("bob");
            }
            orderTs.put(OrderId.of(id), Venue.at(clock));
            ticket.at(clock);
        }

        private void replace() {
            boolean price = random.nextBoolean();
            venue.replace(
                    clock,
                    "o" + (orders - random.nextInt(8)) + List.of("", "", "-tp").get(random.nextInt(3)),
                    price ? null : Integer.toString(1 + random.nextInt(12)),
                    price ? BigDecimal.valueOf(980 + random.nextInt(40), 1).toPlainString() : null,
                    null);
        }
    }

    @Test
    void leavesIsQtyLessCumWhileAnOrderWorksAndEveryOrderEndsAtMostOnce() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Set<OrderId> ended = new HashSet<>();
            Map<OrderId, Qty> cum = new HashMap<>();
            int fills = 0;
            for (Execution e : new Run(seed, 0).go()) {
                if (e.execType() == ExecType.CANCEL_REJECTED) {
                    continue;
                }
                assertThat(ended).as("seed %d: after the end: %s", seed, e).doesNotContain(e.orderId());
                Qty before = cum.getOrDefault(e.orderId(), Qty.ZERO);
                assertThat(e.cumQty()).as("seed %d: %s", seed, e).isEqualTo(before.plus(e.lastQty()));
                cum.put(e.orderId(), e.cumQty());
                Qty leaves = e.ordStatus().isFinal() ? Qty.ZERO : e.qty().minus(e.cumQty());
                assertThat(e.leavesQty()).as("seed %d: %s", seed, e).isEqualTo(leaves);
                assertThat(e.leavesQty().signum()).as("seed %d: %s", seed, e).isNotNegative();
                if (e.ordStatus().isFinal()) {
                    ended.add(e.orderId());
                }
                fills += e.lastQty().signum();
            }
            assertThat(fills).as("seed %d: a run that trades", seed).isGreaterThan(50);
        }
    }

    @Test
    void noFillIsOnDataOlderThanTheOrderPlusItsLatencyAndNoneIsBeyondTheLimit() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed, 0);
            for (Execution e : run.go()) {
                if (e.execType() != ExecType.TRADE) {
                    continue;
                }
                assertThat(e.ts())
                        .as("seed %d: %s", seed, e)
                        .isGreaterThan(run.orderTs.get(e.parentId() == null ? e.orderId() : e.parentId()) + 50_000);
                if (e.limitPx() != null) {
                    boolean beyond = e.side() == Side.BUY
                            ? e.lastPx().isAbove(e.limitPx())
                            : e.lastPx().isBelow(e.limitPx());
                    assertThat(beyond).as("seed %d: %s", seed, e).isFalse();
                }
                if (e.liquidity() == Liquidity.MAKER) {
                    assertThat(e.lastPx()).as("seed %d: %s", seed, e).isEqualTo(e.limitPx());
                }
            }
        }
    }

    @Test
    void fillsPerLevelAndUpdateNeverExceedWhatWasDisplayed() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed, 0);
            run.go();
            assertThat(run.broken).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void aRestartAtAnyPointChangesNothingAndTheSameInputGivesTheSameOutput() {
        for (long seed = 1; seed <= 15; seed++) {
            List<Execution> once = new Run(seed, 0).go();
            assertThat(new Run(seed, 0).go()).as("seed %d", seed).isEqualTo(once);
            assertThat(new Run(seed, 1).go())
                    .as("seed %d, restarted after each message", seed)
                    .isEqualTo(once);
            assertThat(new Run(seed, 7).go())
                    .as("seed %d, restarted now and then", seed)
                    .isEqualTo(once);
        }
    }

    @Test
    void whatIsSavedReadsBackFromItsText() {
        for (long seed = 1; seed <= 5; seed++) {
            Run run = new Run(seed, 0);
            for (int step = 0; step < STEPS; step++) {
                run.clock += 10;
                run.step();
                if (step % 100 == 0) {
                    assertThat(run.venue.unreadable())
                            .as("seed %d, step %d", seed, step)
                            .isEmpty();
                }
            }
        }
    }
}
