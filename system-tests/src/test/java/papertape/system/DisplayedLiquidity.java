package papertape.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import papertape.common.message.Book;
import papertape.common.message.Execution;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * Follows one instrument's book from the ticks alone and holds every fill against it: what an account takes of a level
 * between two changes of its size is never more than it displayed, nor of a trade more than it traded.
 */
final class DisplayedLiquidity {
    private static final Pattern TAKEN_AT = Pattern.compile("(?:level|opposite)=([0-9.]+) assumption=displayed-size");

    private record Place(Side bookSide, Price px) {}

    private final Map<Place, Qty> displayed = new HashMap<>();
    private final Map<Place, Map<AccountId, Qty>> taken = new HashMap<>();
    private final Instrument instrument;
    private final Map<MessageId, List<Execution>> fills;
    private final List<String> broken = new ArrayList<>();
    private long checked;

    /** @param fills by the message that led to them, of all instruments */
    DisplayedLiquidity(Instrument instrument, Map<MessageId, List<Execution>> fills) {
        this.instrument = instrument;
        this.fills = fills;
    }

    List<String> broken() {
        return broken;
    }

    /** Fills that were held against the book or a trade. */
    long checked() {
        return checked;
    }

    /** The instrument's next tick. */
    void on(Message tick) {
        if (tick instanceof Book book) {
            update(book);
        }
        Map<AccountId, Qty> ofTrade = new HashMap<>();
        for (Execution fill : fills.getOrDefault(tick.header().id(), List.of())) {
            if (!fill.instrument().equals(instrument)) {
                continue;
            }
            Matcher level = TAKEN_AT.matcher(fill.text());
            if (level.find()) {
                take(new Place(fill.side().opposite(), Price.of(level.group(1))), fill);
            } else if (tick instanceof Trade trade) {
                checked++;
                Qty sum = ofTrade.merge(fill.account(), fill.lastQty(), Qty::plus);
                if (sum.compareTo(trade.qty()) > 0) {
                    broken.add(fill.execId() + ": " + sum + " of a trade of " + trade.qty());
                }
            } else {
                broken.add(fill.execId() + ": made by neither a level nor a trade: " + fill.text());
            }
        }
    }

    private void take(Place place, Execution fill) {
        checked++;
        Qty shown = displayed.getOrDefault(place, Qty.ZERO);
        Qty sum = taken.computeIfAbsent(place, any -> new HashMap<>()).merge(fill.account(), fill.lastQty(), Qty::plus);
        if (sum.compareTo(shown) > 0) {
            broken.add(fill.execId() + ": " + sum + " taken at " + place + ", displayed " + shown);
        }
    }

    private void update(Book book) {
        if (book.snapshot()) {
            Map<Place, Qty> all = new HashMap<>();
            book.bids().forEach(level -> all.put(new Place(Side.BUY, level.px()), level.qty()));
            book.asks().forEach(level -> all.put(new Place(Side.SELL, level.px()), level.qty()));
            for (Place place : List.copyOf(displayed.keySet())) {
                if (!all.containsKey(place)) {
                    set(place, Qty.ZERO);
                }
            }
            all.forEach(this::set);
            return;
        }
        for (Level level : book.bids()) {
            set(new Place(Side.BUY, level.px()), level.qty());
        }
        for (Level level : book.asks()) {
            set(new Place(Side.SELL, level.px()), level.qty());
        }
    }

    private void set(Place place, Qty qty) {
        if (!displayed.getOrDefault(place, Qty.ZERO).equals(qty)) {
            displayed.put(place, qty);
            taken.remove(place);
        }
    }
}
