package papertape.system;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Redis;
import papertape.common.json.MessageCodec;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Mark;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;
import papertape.look.trade.FrontDoor;

/** Sends orders of every type at the front door, chosen by a seed around the marks that it sees. */
final class SeededTrader {
    private static final Map<Instrument, String> UNITS = new TreeMap<>(Map.of(
            Instrument.of("SIM:BTC-USD"), "0.001",
            Instrument.of("SIM:ETH-USD"), "0.02",
            Instrument.of("SIM:SOL-USD"), "0.4"));

    private final FrontDoor door;
    private final Random random;
    private final List<AccountId> accounts;
    private final List<NewOrder> sent = new ArrayList<>();
    private final MessageCodec codec = new MessageCodec();
    private final Map<Instrument, Price> marks = new TreeMap<>();
    private int count;

    SeededTrader(FrontDoor door, long seed, List<AccountId> accounts) {
        this.door = door;
        this.random = new Random(seed);
        this.accounts = accounts;
    }

    /** New orders that were sent. */
    List<NewOrder> sent() {
        return sent;
    }

    /** Whether every instrument has a mark to trade around. */
    boolean seesMarket() {
        for (byte[] text : door.bus()
                .redis()
                .rawHash(door.bus().keys().last(Channel.MARKS))
                .values()) {
            if (codec.decode(Redis.text(text)) instanceof Mark mark) {
                marks.put(mark.instrument(), mark.price());
            }
        }
        return marks.keySet().containsAll(UNITS.keySet());
    }

    /** Sends some requests at once. */
    void trade(int requests) {
        seesMarket();
        for (int i = 0; i < requests; i++) {
            if (sent.size() > 50 && random.nextInt(6) == 0) {
                change(sent.get(sent.size() - 1 - random.nextInt(50)));
            } else {
                place();
            }
        }
    }

    private void change(NewOrder order) {
        if (random.nextBoolean()) {
            door.publish(
                    Channel.ORDERS,
                    new CancelOrder(door.header(), order.orderId(), order.account(), order.instrument()));
            return;
        }
        Price limit = order.limitPx() == null ? null : around(order.instrument(), random.nextInt(41) - 20);
        Qty qty = random.nextBoolean() ? new Qty(order.qty().value().multiply(BigDecimal.TWO)) : null;
        door.publish(
                Channel.ORDERS,
                new ReplaceOrder(
                        door.header(), order.orderId(), order.account(), order.instrument(), qty, limit, null));
    }

    private void place() {
        List<Instrument> instruments = List.copyOf(UNITS.keySet());
        Instrument instrument = instruments.get(random.nextInt(instruments.size()));
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        int away = side == Side.BUY ? -1 : 1;
        switch (random.nextInt(16)) {
            case 0 -> send(instrument, side, OrdType.MARKET, null, null, TimeInForce.IOC);
            case 1 -> send(instrument, side, OrdType.MARKET, null, null, TimeInForce.GTC);
            case 2 -> send(instrument, side, OrdType.MARKET, null, null, TimeInForce.FOK);
            case 3 -> send(instrument, side, OrdType.LIMIT, away * random.nextInt(15), null, TimeInForce.GTC);
            case 4 -> send(instrument, side, OrdType.LIMIT, -away * random.nextInt(15), null, TimeInForce.GTC);
            case 5 -> send(instrument, side, OrdType.LIMIT, -away * random.nextInt(15), null, TimeInForce.IOC);
            case 6 -> send(instrument, side, OrdType.LIMIT, -away * random.nextInt(15), null, TimeInForce.FOK);
            case 7 -> send(instrument, side, OrdType.LIMIT, away * random.nextInt(40), null, TimeInForce.DAY);
            case 8 -> send(instrument, side, OrdType.LIMIT, away * random.nextInt(40), null, TimeInForce.GTD);
            case 9 -> send(instrument, side, OrdType.STOP, null, -away * (2 + random.nextInt(15)), TimeInForce.GTC);
            case 10 ->
                send(
                        instrument,
                        side,
                        OrdType.STOP_LIMIT,
                        -away * 30,
                        -away * (2 + random.nextInt(15)),
                        TimeInForce.GTC);
            case 11 -> send(instrument, side, OrdType.TRAILING_STOP, null, null, TimeInForce.GTC);
            case 12 -> bracket(instrument);
            case 13 -> send(order(instrument, side, OrdType.LIMIT, away * 3, null, TimeInForce.GTC, true, false));
            case 14 -> send(order(instrument, side, OrdType.MARKET, null, null, TimeInForce.IOC, false, true));
            default -> offTheTick(instrument, side);
        }
    }

    private void bracket(Instrument instrument) {
        NewOrder entry = order(instrument, Side.BUY, OrdType.MARKET, null, null, TimeInForce.GTC, false, false);
        send(entry.withExits(around(instrument, 12), around(instrument, -12)));
    }

    private void offTheTick(Instrument instrument, Side side) {
        NewOrder order = order(instrument, side, OrdType.LIMIT, 0, null, TimeInForce.GTC, false, false);
        Price odd = new Price(around(instrument, 0).value().add(new BigDecimal("0.001")));
        send(with(order, order.qty(), odd));
    }

    private void send(
            Instrument instrument,
            Side side,
            OrdType type,
            @Nullable Integer limit,
            @Nullable Integer stop,
            TimeInForce tif) {
        send(order(instrument, side, type, limit, stop, tif, false, false));
    }

    private void send(NewOrder order) {
        door.publish(Channel.ORDERS, order);
        sent.add(order);
    }

    /** @param limit distance from the mark in basis points, as is {@code stop} */
    private NewOrder order(
            Instrument instrument,
            Side side,
            OrdType type,
            @Nullable Integer limit,
            @Nullable Integer stop,
            TimeInForce tif,
            boolean postOnly,
            boolean reduceOnly) {
        var header = door.header();
        BigDecimal unit = new BigDecimal(UNITS.get(instrument));
        boolean trails = type == OrdType.TRAILING_STOP;
        boolean byAmount = random.nextBoolean();
        OrderId id = OrderId.of("day-" + ++count);
        OrderRef ref = new OrderRef(id, accounts.get(random.nextInt(accounts.size())), null, instrument);
        OrderTerms terms = new OrderTerms(
                side,
                type,
                tif,
                new Qty(unit.multiply(BigDecimal.valueOf(1 + random.nextInt(20)))),
                limit == null ? null : around(instrument, limit),
                stop == null ? null : around(instrument, stop),
                null);
        OrderOptions options = OrderOptions.NONE
                .withTrail(
                        trails && byAmount ? new Price(step(instrument)) : null,
                        trails && !byAmount ? new BigDecimal("0.1") : null)
                .withExpireTs(tif == TimeInForce.GTD ? header.ts() + 3_000_000L : null)
                .withPostOnly(postOnly)
                .withReduceOnly(reduceOnly);
        return new NewOrder(header, new Order(ref, terms, options));
    }

    private static NewOrder with(NewOrder order, Qty qty, Price limit) {
        return order.replaced(qty, limit, null);
    }

    private Price around(Instrument instrument, int basisPoints) {
        BigDecimal mark = marks.get(instrument).value();
        BigDecimal factor = BigDecimal.ONE.add(BigDecimal.valueOf(basisPoints, 4));
        return new Price(mark.multiply(factor).setScale(2, RoundingMode.HALF_EVEN));
    }

    private BigDecimal step(Instrument instrument) {
        BigDecimal mark = marks.get(instrument).value();
        return mark.multiply(new BigDecimal("0.001")).setScale(2, RoundingMode.HALF_EVEN);
    }
}
