package papertape.execution;

import papertape.common.value.AccountId;
import papertape.common.value.Instrument;

/** Whose position in what. Its text is {@code account VENUE:SYMBOL}. */
record PositionKey(AccountId account, Instrument instrument) implements Comparable<PositionKey> {
    static PositionKey parse(String text) {
        int space = text.indexOf(' ');
        return new PositionKey(AccountId.of(text.substring(0, space)), Instrument.of(text.substring(space + 1)));
    }

    @Override
    public int compareTo(PositionKey other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : instrument.compareTo(other.instrument);
    }

    @Override
    public String toString() {
        return account.value() + ' ' + instrument.name();
    }
}
