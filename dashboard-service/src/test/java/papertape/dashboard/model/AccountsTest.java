package papertape.dashboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.message.Account;
import papertape.common.message.Header;
import papertape.common.message.Pnl;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.MessageId;
import papertape.common.value.Money;

final class AccountsTest {
    private static final long DAY = 86_400_000_000L;
    private static final long NOON = 20_000 * DAY + DAY / 2;
    private static final AccountId DEMO = AccountId.of("demo");

    private final Config config = ConfigReader.defaults(Map.of());
    private final Accounts accounts = new Accounts(config);
    private int sent;

    private Header header(long ts) {
        return new Header(MessageId.of("test.0-" + ++sent), ts, null, ts);
    }

    private void event(long ts, AccountEvent event, @Nullable String amount, String text) {
        accounts.accept(new Account(
                header(ts), DEMO, null, event, amount == null ? null : Money.of(amount), "USD", null, text));
    }

    private void report(long ts, String equity) {
        Money amount = Money.of(equity);
        accounts.accept(new Pnl(
                header(ts),
                DEMO,
                null,
                null,
                null,
                null,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                amount,
                amount,
                amount,
                Money.ZERO,
                false));
    }

    private AccountRow row() {
        return accounts.rows().getFirst();
    }

    @Test
    void an_account_is_open_halted_and_open_again_with_the_reason() {
        event(NOON, AccountEvent.OPENED, "1000", "");
        assertThat(row().state()).isEqualTo("open");
        event(NOON + 1, AccountEvent.REDUCING, null, "daily loss");
        assertThat(row()).extracting(AccountRow::state, AccountRow::reason).containsExactly("reducing", "daily loss");
        event(NOON + 2, AccountEvent.HALTED, null, "by hand");
        assertThat(row()).extracting(AccountRow::state, AccountRow::reason).containsExactly("halted", "by hand");
        event(NOON + 3, AccountEvent.REFUSED, null, "withdrawal");
        assertThat(row().state()).isEqualTo("halted");
        event(NOON + 4, AccountEvent.RESUMED, null, "by hand");
        assertThat(row()).extracting(AccountRow::state, AccountRow::reason).containsExactly("open", "");
        assertThat(accounts.curves().getFirst().markers())
                .extracting(EquitySeries.Marker::kind)
                .containsExactly("opened", "reducing", "halted", "resumed");
    }

    @Test
    void the_days_profit_leaves_out_deposits_and_withdrawals_and_begins_again_at_midnight() {
        event(NOON, AccountEvent.OPENED, "1000", "");
        report(NOON, "1000");
        report(NOON + 1_000_000, "1010.5");
        assertThat(row().dayPnl()).isEqualTo(Money.of("10.5"));
        event(NOON + 2_000_000, AccountEvent.DEPOSITED, "500", "");
        report(NOON + 2_000_000, "1510.5");
        assertThat(row().dayPnl()).isEqualTo(Money.of("10.5"));
        event(NOON + 3_000_000, AccountEvent.WITHDRAWN, "100", "");
        report(NOON + 3_000_000, "1410.5");
        assertThat(row().dayPnl()).isEqualTo(Money.of("10.5"));
        report(NOON + DAY, "1400");
        assertThat(row().dayPnl()).as("from the last report before midnight").isEqualTo(Money.of("-10.5"));
    }

    @Test
    void an_older_report_that_comes_late_does_not_replace_a_newer_one() {
        report(NOON, "1000");
        report(NOON - 1, "900");
        assertThat(row().equity()).isEqualTo(Money.of("1000"));
    }

    @Test
    void a_curve_keeps_its_beginning_and_its_end_and_stays_bounded() {
        int reports = 5 * EquitySeries.MAX_POINTS;
        for (int i = 0; i < reports; i++) {
            report(NOON + i * 1_000_000L, Integer.toString(i));
        }
        List<EquitySeries.Point> points = accounts.curves().getFirst().points();
        assertThat(points).hasSizeLessThanOrEqualTo(EquitySeries.MAX_POINTS);
        assertThat(points.getLast())
                .isEqualTo(new EquitySeries.Point(
                        NOON + (reports - 1) * 1_000_000L, Money.of(Integer.toString(reports - 1))));
        assertThat(points.getFirst().ts()).isLessThan(NOON + 60_000_000L);
        assertThat(points).isSortedAccordingTo(Comparator.comparingLong(EquitySeries.Point::ts));
    }
}
