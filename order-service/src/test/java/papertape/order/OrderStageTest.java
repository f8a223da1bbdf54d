package papertape.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.json.StateCodec;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.LastFill;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.message.Signal;
import papertape.common.testkit.StageTester;
import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

class OrderStageTest {
    private static final String SETTINGS = """
            strategies:
              - {name: units, kind: k, account: margin, sizing: quantity, size: 2}
              - {name: notional, kind: k, account: demo, sizing: notional, size: 1000, tif: ioc}
              - {name: percent, kind: k, account: small, sizing: equity-percent, size: 10}
              - {name: limits, kind: k, account: margin, sizing: quantity, size: 2, ordType: limit, tif: gtc}
            venues: [{name: SIM}, {name: MINE}]
            instruments:
              - {name: "SIM:BTC-USD", base: BTC, quote: USD}
              - {name: "MINE:X-GBP", base: X, quote: GBP}
            rates: {GBP/USD: 2, EUR/USD: 1.3}
            accounts:
              - {name: demo}
              - {name: margin, type: margin}
              - {name: small, deposit: 1000}
              - {name: euros, currency: EUR}
            """;

    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");

    @TempDir
    static Path directory;

    private StageTester stage;
    private long now;
    private int executions;

    @BeforeEach
    void start() {
        stage = tester();
        now = 1_000_000;
    }

    private static StageTester tester() {
        Config config = config();
        return new StageTester("order", context -> new OrderStage(config, context));
    }

    private static Config config() {
        try {
            Path file = Files.writeString(directory.resolve("orders.yaml"), SETTINGS);
            return ConfigReader.read(file, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void notionalIsDividedByTheReferencePriceAndRoundedDownToTheLot() {
        assertThat(send(signal("notional", "demo", Direction.LONG, 1, "30001")))
                .containsExactly("notional-0-1 BUY MARKET 0.0333 null IOC");
    }

    /** 1 / 1.3 is 0.7692307692 here as in risk and pnl. */
    @Test
    void an_inverse_rate_has_ten_digits_as_documented() {
        Sizing sizing = new Sizing(config());

        assertThat(sizing.knownRate("USD", AccountId.of("euros"))).isEqualByComparingTo("0.7692307692");
        assertThat(sizing.knownRate("EUR", AccountId.of("demo"))).isEqualByComparingTo("1.3");
        assertThat(sizing.knownRate("JPY", AccountId.of("demo"))).isNull();
    }

    @Test
    void notionalIsInTheAccountsCurrency() {
        Signal signal = new Signal(
                stage.header(now),
                StrategyId.of("notional"),
                AccountId.of("demo"),
                Instrument.of("MINE:X-GBP"),
                Direction.LONG,
                1,
                Price.of("2"),
                "");

        assertThat(send(signal)).containsExactly("notional-0-1 BUY MARKET 250 null IOC");
    }

    @Test
    void strengthScalesTheSize() {
        assertThat(send(signal("notional", "demo", Direction.LONG, 0.5, "100")))
                .containsExactly("notional-0-1 BUY MARKET 5 null IOC");
    }

    @Test
    void sizeBelowTheSmallestOrderIsNoOrder() {
        assertThat(send(signal("notional", "demo", Direction.LONG, 0.000001, "30000")))
                .isEmpty();
    }

    @Test
    void quantityIsUnits() {
        assertThat(send(signal("units", "margin", Direction.SHORT, 1, "100")))
                .containsExactly("units-0-1 SELL MARKET 2 null IOC");
    }

    @Test
    void percentOfEquityCountsTheDepositAndWhatWasRealizedLessFees() {
        assertThat(send(signal("percent", "small", Direction.LONG, 1, "100")))
                .containsExactly("percent-0-1 BUY MARKET 1 null IOC");
        assertThat(send(fill("percent", "small", "percent-0-1", Side.BUY, "1", "1", "100", true)))
                .isEmpty();
        assertThat(send(signal("percent", "small", Direction.FLAT, 0, "600")))
                .containsExactly("percent-0-2 SELL MARKET 1 null IOC");
        assertThat(send(fill("percent", "small", "percent-0-2", Side.SELL, "1", "1", "601", true)))
                .isEmpty();

        // 1000 + 501 realized - 2 x 0.5 fees
        assertThat(send(signal("percent", "small", Direction.LONG, 1, "100")))
                .containsExactly("percent-0-3 BUY MARKET 1.5 null IOC");
    }

    @Test
    void shortInACashAccountMeansFlat() {
        assertThat(send(signal("notional", "demo", Direction.SHORT, 1, "100"))).isEmpty();

        send(signal("notional", "demo", Direction.LONG, 1, "100"));
        send(fill("notional", "demo", "notional-0-1", Side.BUY, "10", "10", "100", true));
        assertThat(send(signal("notional", "demo", Direction.SHORT, 1, "50")))
                .containsExactly("notional-0-2 SELL MARKET 10 null IOC");
    }

    @Test
    void flipIsOneOrderInAMarginAccount() {
        send(signal("units", "margin", Direction.LONG, 1, "100"));
        send(fill("units", "margin", "units-0-1", Side.BUY, "2", "2", "100", true));
        assertThat(send(signal("units", "margin", Direction.SHORT, 1, "100")))
                .containsExactly("units-0-2 SELL MARKET 4 null IOC");
    }

    @Test
    void outdatedMarketOrderIsCanceledAndTheNewOneWaitsForItsEnd() {
        send(signal("units", "margin", Direction.LONG, 1, "100"));
        assertThat(send(signal("units", "margin", Direction.SHORT, 1, "100"))).containsExactly("cancel units-0-1");
        assertThat(send(signal("units", "margin", Direction.SHORT, 0.5, "100"))).isEmpty();
        assertThat(send(fill("units", "margin", "units-0-1", Side.BUY, "0.5", "0.5", "100", false)))
                .isEmpty();
        assertThat(send(report("units", "margin", "units-0-1", ExecType.CANCELED, OrdStatus.CANCELED)))
                .containsExactly("units-0-2 SELL MARKET 1.5 null IOC");
    }

    @Test
    void fillThatBeatsTheCancelIsCounted() {
        send(signal("units", "margin", Direction.LONG, 1, "100"));
        send(signal("units", "margin", Direction.FLAT, 0, "100"));
        assertThat(send(fill("units", "margin", "units-0-1", Side.BUY, "2", "2", "100", true)))
                .containsExactly("units-0-2 SELL MARKET 2 null IOC");
        assertThat(send(report("units", "margin", "units-0-1", ExecType.CANCEL_REJECTED, OrdStatus.FILLED)))
                .isEmpty();
    }

    @Test
    void sameSignalAgainChangesNothing() {
        send(signal("units", "margin", Direction.LONG, 1, "100"));
        assertThat(send(signal("units", "margin", Direction.LONG, 1, "101"))).isEmpty();
        send(fill("units", "margin", "units-0-1", Side.BUY, "2", "2", "100", true));
        assertThat(send(signal("units", "margin", Direction.LONG, 1, "101"))).isEmpty();
    }

    @Test
    void limitIsTheReferencePriceOnTheTickNeverWorse() {
        assertThat(send(signal("limits", "margin", Direction.LONG, 1, "100.019")))
                .containsExactly("limits-0-1 BUY LIMIT 2 100.01 GTC");
        send(fill("limits", "margin", "limits-0-1", Side.BUY, "2", "2", "100.01", true));
        assertThat(send(signal("limits", "margin", Direction.FLAT, 0, "100.011")))
                .containsExactly("limits-0-2 SELL LIMIT 2 100.02 GTC");
    }

    @Test
    void limitOrderIsReplacedWhenOnlyPriceOrQuantityChange() {
        send(signal("limits", "margin", Direction.LONG, 1, "100"));
        assertThat(send(fill("limits", "margin", "limits-0-1", Side.BUY, "0.5", "0.5", "100", false)))
                .isEmpty();
        assertThat(send(signal("limits", "margin", Direction.LONG, 0.5, "99")))
                .containsExactly("replace limits-0-1 1 99");
        assertThat(send(replaced("limits", "margin", "limits-0-1", Side.BUY, "1", "0.5", "99")))
                .isEmpty();
        assertThat(send(signal("limits", "margin", Direction.LONG, 0.5, "99"))).isEmpty();
    }

    @Test
    void orderFilledBeforeItsReplaceLeavesTheRestToANewOne() {
        send(signal("limits", "margin", Direction.LONG, 0.5, "100"));
        assertThat(send(signal("limits", "margin", Direction.LONG, 1, "101")))
                .containsExactly("replace limits-0-1 2 101");
        assertThat(send(fill("limits", "margin", "limits-0-1", Side.BUY, "1", "1", "100", true)))
                .containsExactly("limits-0-2 BUY LIMIT 1 101 GTC");
    }

    @Test
    void refusedReplaceBecomesACancelAndANewOrder() {
        send(signal("limits", "margin", Direction.LONG, 1, "100"));
        send(signal("limits", "margin", Direction.LONG, 1, "101"));
        assertThat(send(report("limits", "margin", "limits-0-1", ExecType.CANCEL_REJECTED, OrdStatus.NEW)))
                .containsExactly("cancel limits-0-1");
        assertThat(send(report("limits", "margin", "limits-0-1", ExecType.CANCELED, OrdStatus.CANCELED)))
                .containsExactly("limits-0-2 BUY LIMIT 2 101 GTC");
    }

    @Test
    void deniedRejectedAndUnfilledOrdersAreNotRepeatedBeforeTheNextSignal() {
        int number = 0;
        for (OrdStatus end : List.of(OrdStatus.DENIED, OrdStatus.REJECTED, OrdStatus.CANCELED, OrdStatus.EXPIRED)) {
            String orderId = "units-0-" + ++number;
            assertThat(send(signal("units", "margin", Direction.LONG, 1, "100")))
                    .containsExactly(orderId + " BUY MARKET 2 null IOC");
            assertThat(send(report("units", "margin", orderId, ExecType.valueOf(end.name()), end)))
                    .as(end.name())
                    .isEmpty();
        }
    }

    @Test
    void fillThatComesTwiceCountsOnce() {
        send(signal("units", "margin", Direction.LONG, 1, "100"));
        Execution fill = fill("units", "margin", "units-0-1", Side.BUY, "1", "1", "100", false);
        send(fill);
        send(fill);
        send(fill("units", "margin", "units-0-1", Side.BUY, "1", "2", "100", true));
        send(fill);
        assertThat(send(signal("units", "margin", Direction.FLAT, 0, "100")))
                .containsExactly("units-0-2 SELL MARKET 2 null IOC");
    }

    @Test
    void strategyFromOutsideIsSizedAsTheAccountsFirstStrategyElseByNotional() {
        assertThat(send(signal("script", "margin", Direction.LONG, 1, "100")))
                .containsExactly("script-0-1 BUY MARKET 2 null IOC");
        assertThat(send(signal("script", "mine", Direction.LONG, 1, "100")))
                .containsExactly("script-0-2 BUY MARKET 10 null IOC");
    }

    @Test
    void unknownInstrumentIsRefusedByName() {
        Signal signal = new Signal(
                stage.header(now),
                StrategyId.of("units"),
                AccountId.of("margin"),
                Instrument.of("SIM:NOPE"),
                Direction.LONG,
                1,
                Price.of("1"),
                "");
        assertThatThrownBy(() -> stage.send(signal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SIM:NOPE");
    }

    @Test
    void savedStateSurvivesItsWayThroughText() {
        StateCodec<Slot> codec = new StateCodec<>(Slot.class);
        Working working = new Working(
                OrderId.of("units-0-1"), Side.BUY, Qty.of("2"), null, Qty.of("0.5"), Working.Request.CANCEL);
        Slot slot = Slot.empty(AccountId.of("margin"), StrategyId.of("units"), BTC)
                .wanting(Qty.of("-1"), Price.of("100"))
                .with(working);

        assertThat(codec.decode(codec.encode(slot))).isEqualTo(slot);
    }

    @Test
    void restartAtAnyPointChangesNothing() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(run(seed, 0.3))
                    .as("seed " + seed)
                    .isEqualTo(run(seed, 0))
                    .hasSizeGreaterThan(30);
        }
    }

    /** Signals at random and a venue that fills, cancels or refuses what was sent, at random. */
    private List<String> run(long seed, double restarts) {
        stage = tester();
        now = 1_000_000;
        executions = 0;
        Random random = new Random(seed);
        Random restart = new Random(seed + 1);
        List<String> all = new ArrayList<>();
        List<Message> open = new ArrayList<>();
        Qty position = Qty.ZERO;
        for (int i = 0; i < 200; i++) {
            now += 1000;
            if (restart.nextDouble() < restarts) {
                stage.restart();
            }
            Message next;
            if (!open.isEmpty() && random.nextBoolean()) {
                next = answer(open.removeFirst(), random);
                if (next instanceof Execution fill && fill.execType() == ExecType.TRADE) {
                    position = position.plus(fill.lastQty().signed(fill.side()));
                }
            } else {
                Direction direction = Direction.values()[random.nextInt(3)];
                next = signal("units", "margin", direction, (1 + random.nextInt(4)) / 4.0, "100");
            }
            for (StageTester.Sent sent : stage.send(next)) {
                all.add(sent.toString());
                if (sent.message() instanceof NewOrder) {
                    open.add(sent.message());
                }
            }
        }
        assertThat(position.abs()).as("seed " + seed).isLessThanOrEqualTo(Qty.of("2"));
        return all;
    }

    private Message answer(Message order, Random random) {
        NewOrder placed = (NewOrder) order;
        String id = placed.orderId().value();
        return random.nextInt(4) > 0
                ? fill(
                        "units",
                        "margin",
                        id,
                        placed.side(),
                        placed.qty().toString(),
                        placed.qty().toString(),
                        "100",
                        true)
                : report("units", "margin", id, ExecType.CANCELED, OrdStatus.CANCELED);
    }

    private List<String> send(Message message) {
        now += 1000;
        return stage.send(message).stream().map(OrderStageTest::text).toList();
    }

    private static String text(StageTester.Sent sent) {
        assertThat(sent.channel()).isEqualTo(Channel.ORDERS);
        return switch (sent.message()) {
            case NewOrder order ->
                order.orderId() + " " + order.side() + " " + order.ordType() + " " + order.qty() + " " + order.limitPx()
                        + " " + order.tif();
            case CancelOrder cancel -> "cancel " + cancel.orderId();
            case ReplaceOrder replace -> "replace " + replace.orderId() + " " + replace.qty() + " " + replace.limitPx();
            default -> throw new AssertionError(sent);
        };
    }

    private Signal signal(String strategy, String account, Direction direction, double strength, String price) {
        return new Signal(
                stage.header(now),
                StrategyId.of(strategy),
                AccountId.of(account),
                BTC,
                direction,
                strength,
                Price.of(price),
                "");
    }

    private Execution fill(
            String strategy,
            String account,
            String orderId,
            Side side,
            String lastQty,
            String cumQty,
            String price,
            boolean isLast) {
        OrdStatus status = isLast ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        return execution(
                strategy,
                account,
                orderId,
                ExecType.TRADE,
                status,
                side,
                cumQty,
                lastQty,
                cumQty,
                Price.of(price),
                null);
    }

    private Execution report(String strategy, String account, String orderId, ExecType type, OrdStatus status) {
        return execution(strategy, account, orderId, type, status, Side.BUY, "2", "0", "0", null, null);
    }

    private Execution replaced(
            String strategy, String account, String orderId, Side side, String qty, String cumQty, String limitPx) {
        return execution(
                strategy,
                account,
                orderId,
                ExecType.REPLACED,
                OrdStatus.PARTIALLY_FILLED,
                side,
                qty,
                "0",
                cumQty,
                null,
                Price.of(limitPx));
    }

    private Execution execution(
            String strategy,
            String account,
            String orderId,
            ExecType type,
            OrdStatus status,
            Side side,
            String qty,
            String lastQty,
            String cumQty,
            @Nullable Price lastPx,
            @Nullable Price limitPx) {
        Money commission = lastPx == null ? Money.ZERO : Money.of("0.5");
        Qty leaves = Qty.of(qty).minus(Qty.of(cumQty));
        return new Execution(
                stage.header(now),
                ExecId.of("e-" + ++executions),
                new OrderRef(OrderId.of(orderId), AccountId.of(account), StrategyId.of(strategy), BTC),
                new OrderTerms(side, OrdType.MARKET, TimeInForce.IOC, Qty.of(qty)).withLimitPx(limitPx),
                new OrderProgress(type, status, leaves, Qty.of(cumQty), lastPx),
                new LastFill(Qty.of(lastQty), lastPx, commission, lastPx == null ? null : Liquidity.TAKER),
                "");
    }
}
