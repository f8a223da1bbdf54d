package papertape.common.value;

/** Name of a trading account: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit; {@code *} stands for all. */
public record AccountId(String value) implements Comparable<AccountId> {
    public AccountId {
        if (!value.equals("*")) {
            Ids.checkName("an account", value);
        }
    }

    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
