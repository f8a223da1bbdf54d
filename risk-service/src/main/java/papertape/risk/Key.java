package papertape.risk;

import papertape.common.value.AccountId;

/** Key of an entry that belongs to an account: written {@code account name}; neither holds a space. */
record Key(AccountId account, String name) implements Comparable<Key> {
    static Key parse(String text) {
        int space = text.indexOf(' ');
        return new Key(AccountId.of(text.substring(0, space)), text.substring(space + 1));
    }

    @Override
    public int compareTo(Key other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return account + " " + name;
    }
}
