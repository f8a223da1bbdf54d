package papertape.common.value;

/** Name of a trading account. */
public record AccountId(String value) implements Comparable<AccountId> {
    public AccountId {
        Ids.check("an account", value);
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
