package papertape.execution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Bar;
import papertape.common.message.Trade;
import papertape.common.value.AccountId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** A trade, or a bar where nothing better is known, while orders are matched with it; remembers what each account took. */
final class Print {
    private final String source;
    private final Price open;
    private final Price high;
    private final Price low;
    private final Price price;
    private final Qty volume;
    private final @Nullable Side aggressor;
    private Map<AccountId, Qty> taken = Map.of();

    private Print(String source, Price open, Price high, Price low, Price price, Qty volume, @Nullable Side aggressor) {
        this.source = source;
        this.open = open;
        this.high = high;
        this.low = low;
        this.price = price;
        this.volume = volume;
        this.aggressor = aggressor;
    }

    static Print of(Trade trade) {
        Price px = trade.price();
        return new Print("trade", px, px, px, px, trade.qty(), trade.side());
    }

    static Print of(Bar bar) {
        return new Print("bar", bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), null);
    }

    String source() {
        return source;
    }

    Price price() {
        return price;
    }

    Qty volume() {
        return volume;
    }

    /** The price furthest in favor of resting orders of that side: the lowest for buys. */
    Price extremeFor(Side resting) {
        return resting == Side.BUY ? low : high;
    }

    /** Rule 7: only the opposite aggressor fills a resting order, an unknown one may. */
    boolean mayFill(Side resting) {
        return aggressor == null || aggressor != resting;
    }

    /** The worst of what was printed for a stop of that side: a stop never trades better than at its own price. */
    Price worstFor(Side side, Price stop) {
        Price worst = stop;
        for (Price one : new Price[] {open, price}) {
            worst = (side == Side.BUY ? one.isAbove(worst) : one.isBelow(worst)) ? one : worst;
        }
        return worst;
    }

    Qty takenBy(AccountId account) {
        return taken.getOrDefault(account, Qty.ZERO);
    }

    void take(AccountId account, Qty qty) {
        Map<AccountId, Qty> more = new HashMap<>(taken);
        more.merge(account, qty, Qty::plus);
        taken = more;
    }

    /** What each account took; later takes do not change it. */
    Map<AccountId, Qty> taken() {
        return taken;
    }

    void restore(Map<AccountId, Qty> before) {
        taken = before;
    }
}
