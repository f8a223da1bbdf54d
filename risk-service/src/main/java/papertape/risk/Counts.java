package papertape.risk;

/**
 * How many orders an account has sent.
 *
 * @param day the day of {@code approved}, in days since the epoch
 * @param approved orders that passed all checks on that day
 * @param ids order ids seen in all
 */
record Counts(long day, long approved, long ids) {
    static final Counts NONE = new Counts(0, 0, 0);

    long approvedOn(long today) {
        return day == today ? approved : 0;
    }

    Counts plusApproved(long today) {
        return new Counts(today, approvedOn(today) + 1, ids);
    }

    Counts plusId() {
        return new Counts(day, approved, ids + 1);
    }
}
