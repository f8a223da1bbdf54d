package papertape.pnl;

import java.util.Comparator;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;

/** Whose position in what. As text the two with a space between, which no account's name contains. */
record HoldingKey(AccountId account, Instrument instrument) implements Comparable<HoldingKey> {
    private static final Comparator<HoldingKey> ORDER =
            Comparator.comparing(HoldingKey::account).thenComparing(HoldingKey::instrument);

    static HoldingKey parse(String text) {
        int space = text.indexOf(' ');
        return new HoldingKey(AccountId.of(text.substring(0, space)), Instrument.of(text.substring(space + 1)));
    }

    @Override
    public int compareTo(HoldingKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return account + " " + instrument;
    }
}
