package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.stage.StateTable;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.OrderId;

/** Commands about accounts, trading states, the kill switch. */
class AccountsTest {
    @Test
    void theFirstMessageOpensTheConfiguredAccountsOnce() {
        Gate gate = new Gate(new Settings().account("a", "cash", "100000").account("b", "margin", "5"));
        List<Account> opened = Gate.of(gate.mark("10000"), Account.class);
        assertThat(opened).extracting(Account::event).containsOnly(AccountEvent.OPENED);
        assertThat(opened)
                .extracting(account -> account.account() + " " + account.amount() + " " + account.currency())
                .containsExactly("a 100000 USD", "b 5 USD");
        assertThat(gate.mark("10000")).isEmpty();
        gate.tester.restart();
        assertThat(gate.mark("10000")).isEmpty();
        assertThat(gate.book("a").cash()).hasToString("100000");
    }

    @Test
    void anAccountIsOpenedByCommandOnce() {
        Gate gate = Gate.cash();
        assertThat(Gate.events(gate.command("c", AccountAction.OPEN, "500"))).containsExactly(AccountEvent.OPENED);
        assertThat(gate.book("c").cash()).hasToString("500");
        List<Sent> again = gate.command("c", AccountAction.OPEN, "500");
        assertThat(refusal(again)).isEqualTo("OPEN refused: account c is open already");
        assertThat(gate.book("c").cash()).hasToString("500");
    }

    @Test
    void an_amount_with_more_digits_than_the_books_can_store_is_refused() {
        Gate gate = Gate.cash();
        String tooLong = "1.000000000000000000000000000000000001";
        for (AccountAction action : List.of(AccountAction.DEPOSIT, AccountAction.WITHDRAW)) {
            assertThat(refusal(gate.command("a", action, tooLong)))
                    .isEqualTo(action + " refused: amount must have at most 20 digits before and 18 after the point,"
                            + " was " + tooLong);
        }
        assertThat(refusal(gate.command("c", AccountAction.OPEN, tooLong))).startsWith("OPEN refused: amount must be");
        assertThat(gate.book("a").cash()).hasToString("100000");
        assertThat(Gate.events(gate.command("a", AccountAction.DEPOSIT, "0.000000000000000001")))
                .containsExactly(AccountEvent.DEPOSITED);
    }

    @Test
    void depositsAndWithdrawalsMoveCash() {
        Gate gate = Gate.cash();
        assertThat(Gate.events(gate.command("a", AccountAction.DEPOSIT, "0.01")))
                .containsExactly(AccountEvent.DEPOSITED);
        assertThat(gate.book("a").cash()).hasToString("100000.01");
        assertThat(Gate.events(gate.command("a", AccountAction.WITHDRAW, "100000.01")))
                .containsExactly(AccountEvent.WITHDRAWN);
        assertThat(gate.book("a").cash()).hasToString("0");
        assertThat(refusal(gate.command("a", AccountAction.DEPOSIT, "0")))
                .isEqualTo("DEPOSIT refused: amount must be above 0, was 0");
        assertThat(refusal(gate.command("z", AccountAction.DEPOSIT, "1")))
                .isEqualTo("DEPOSIT refused: unknown account z");
    }

    @Test
    void whatOpenOrdersReserveCannotBeWithdrawn() {
        Gate gate = Gate.cash();
        gate.buy("1").limit("10000").passes();
        assertThat(refusal(gate.command("a", AccountAction.WITHDRAW, "89920.01")))
                .isEqualTo("WITHDRAW refused: insufficient cash: available=89920 cash=100000 reserved=10080"
                        + " asked=89920.01");
        assertThat(Gate.events(gate.command("a", AccountAction.WITHDRAW, "89920")))
                .containsExactly(AccountEvent.WITHDRAWN);
    }

    @Test
    void movingMoneyIsNeitherLossNorProfit() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        assertThat(Gate.events(gate.command("a", AccountAction.WITHDRAW, "50000")))
                .containsExactly(AccountEvent.WITHDRAWN);
        assertThat(gate.mark("10000")).isEmpty();
        assertThat(gate.book("a").standing()).isEqualTo(Standing.ACTIVE);
    }

    @Test
    void limitsAreSetByNameAndKept() {
        Gate gate = Gate.cash();
        assertThat(Gate.events(gate.command("a", AccountAction.SET_LIMITS, null, "maxNotional", "100")))
                .containsExactly(AccountEvent.LIMITS_SET);
        gate.tester.restart();
        gate.buy("0.01").limit("10000").passes();
        gate.buy("0.0101").limit("10000").isDenied("check=notional limit=to 100 value=101");
    }

    @Test
    void anUnknownLimitOrValueIsRefusedAndNamesWhatIsAccepted() {
        Gate gate = Gate.cash();
        assertThat(refusal(gate.command("a", AccountAction.SET_LIMITS, null, "maxNotionl", "100")))
                .startsWith("SET_LIMITS refused: unknown limit maxNotionl (accepted: maxRepeats, minNotional, ");
        assertThat(refusal(gate.command("a", AccountAction.SET_LIMITS, null, "maxOpenOrders", "1.5")))
                .isEqualTo("SET_LIMITS refused: limit maxOpenOrders cannot be \"1.5\""
                        + " (accepted: a whole number from 0 to 2147483647)");
        assertThat(refusal(gate.command("a", AccountAction.SET_LIMITS, null, "maxNotional", "-1")))
                .isEqualTo("SET_LIMITS refused: limit maxNotional cannot be \"-1\" (accepted: a number from 0)");
        assertThat(refusal(gate.command("a", AccountAction.SET_LIMITS, null, "longOnly", "yes")))
                .isEqualTo("SET_LIMITS refused: limit longOnly cannot be \"yes\" (accepted: true, false)");
        assertThat(gate.book("a").limits()).isEqualTo(Settings.limits());
    }

    @Test
    void anUnknownLimitInTheConfigurationStopsTheStart() {
        assertThatThrownBy(() -> new Gate(new Settings().account("a", "cash", "1", "maxOders", "1")))
                .hasMessageStartingWith("unknown limit maxOders (accepted: maxRepeats");
        assertThatThrownBy(() -> new Gate(new Settings().account("a", "csh", "1")))
                .hasMessage("account a: type cannot be \"csh\" (accepted: cash, margin)");
    }

    @Test
    void aHaltCancelsAllOpenOrdersAndOutlivesARestart() {
        Gate gate = Gate.cash();
        NewOrder first = gate.buy("0.1").limit("9999").passes();
        NewOrder second = gate.buy("0.2").limit("9998").passes();
        List<Sent> sent = gate.command("a", AccountAction.HALT, null);
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.HALTED);
        assertThat(Gate.of(sent, CancelOrder.class))
                .extracting(CancelOrder::orderId)
                .containsExactly(first.orderId(), second.orderId());
        assertThat(sent.getLast().channel()).isEqualTo(Channel.APPROVED);
        gate.tester.restart();
        gate.buy("0.1").isDenied("check=trading_state limit=active value=halted (by hand)");
        assertThat(Gate.text(gate.replace(first, "0.3", null)))
                .isEqualTo("check=trading_state limit=active value=halted (by hand)");
        assertThat(Gate.of(gate.cancel("a", first.orderId()), CancelOrder.class))
                .hasSize(1);
        assertThat(Gate.events(gate.command("a", AccountAction.RESUME, null))).containsExactly(AccountEvent.RESUMED);
        gate.buy("0.1").passes();
    }

    @Test
    void aHaltOfAllReachesEveryAccountAndThoseToCome() {
        Gate gate = Gate.of(new Settings().account("a", "cash", "100000").account("b", "cash", "100000"));
        gate.buy("0.1").limit("9999").passes();
        gate.buy("0.1").limit("9999").of("b").passes();
        List<Sent> sent = gate.command("*", AccountAction.HALT, null);
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.HALTED, AccountEvent.HALTED);
        assertThat(Gate.of(sent, CancelOrder.class)).hasSize(2);
        gate.tester.restart();
        assertThat(Gate.events(gate.command("c", AccountAction.OPEN, "500")))
                .containsExactly(AccountEvent.OPENED, AccountEvent.HALTED);
        for (String account : List.of("a", "b", "c")) {
            gate.buy("0.1")
                    .of(account)
                    .isDenied("check=trading_state limit=active value=halted (all accounts: by hand)");
        }
        gate.command("*", AccountAction.RESUME, null);
        gate.buy("0.1").of("b").passes();
    }

    @Test
    void aResumeOfAllLeavesAnAccountHaltedThatWasHaltedByItself() {
        Gate gate = Gate.of(new Settings().account("a", "cash", "100000").account("b", "cash", "100000"));
        gate.command("a", AccountAction.HALT, null);
        gate.command("*", AccountAction.HALT, null);
        assertThat(Gate.events(gate.command("*", AccountAction.RESUME, null)))
                .containsExactly(AccountEvent.HALTED, AccountEvent.RESUMED);
        gate.buy("0.1").isDenied("check=trading_state limit=active value=halted (by hand)");
        gate.buy("0.1").of("b").passes();
    }

    @Test
    void anActiveAccountCannotBeResumed() {
        assertThat(refusal(Gate.cash().command("a", AccountAction.RESUME, null)))
                .isEqualTo("RESUME refused: account a is active");
    }

    @Test
    void factsThatComeBackOnAccountsChangeNothing() {
        Gate gate = Gate.cash();
        List<Sent> sent = gate.command("a", AccountAction.DEPOSIT, "5");
        assertThat(gate.tester.send(sent.getFirst().message())).isEmpty();
        assertThat(gate.book("a").cash()).hasToString("100005");
    }

    @Test
    void aDailyLossOfThreePercentLeavesOnlyOrdersThatReduce() {
        Gate gate = Gate.cash();
        gate.hold("2", "10000");
        assertThat(gate.mark("8500.01")).isEmpty();
        assertThat(Gate.events(gate.mark("8500"))).containsExactly(AccountEvent.REDUCING);
        assertThat(gate.mark("8499")).as("said once").isEmpty();
        gate.tester.restart();
        gate.buy("0.1")
                .limit("8500")
                .isDenied("check=trading_state limit=reduces value=reducing (check=daily_loss limit=3% value=3"
                        + " from=100000 equity=97000)");
        gate.sell("2").passes();
    }

    @Test
    void aDailyLossOfFivePercentHaltsAndCancelsUntilTheNextUtcDay() {
        Gate gate = Gate.cash("maxPositionPercent", "50");
        gate.hold("2", "10000");
        NewOrder open = gate.buy("0.01").limit("9900").passes();
        gate.mark("7500.01");
        List<Sent> sent = gate.mark("7500");
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.HALTED);
        assertThat(Gate.of(sent, CancelOrder.class))
                .extracting(CancelOrder::orderId)
                .containsExactly(open.orderId());
        gate.now = (Days.of(Gate.START) + 1) * Gate.DAY - 1;
        assertThat(gate.mark("7500")).isEmpty();
        gate.now += 1;
        assertThat(Gate.events(gate.mark("7500"))).containsExactly(AccountEvent.RESUMED);
        assertThat(gate.book("a").watch().dayEquity()).hasToString("95000");
    }

    @Test
    void aDrawdownOfTenPercentFromThePeakHaltsUntilResumedByHand() {
        Gate gate = Gate.cash("dailyLossReducingPercent", "100", "dailyLossHaltPercent", "100");
        gate.hold("2", "10000");
        gate.mark("15000");
        // the peak is 110,000
        assertThat(gate.mark("9500.01")).isEmpty();
        assertThat(Gate.events(gate.mark("9500"))).containsExactly(AccountEvent.HALTED);
        gate.now += 2 * Gate.DAY;
        assertThat(gate.mark("9500")).isEmpty();
        gate.sell("1")
                .isDenied("check=trading_state limit=active value=halted (check=drawdown limit=10% value=10"
                        + " from=110000 equity=99000)");
        assertThat(Gate.events(gate.command("a", AccountAction.RESUME, null))).containsExactly(AccountEvent.RESUMED);
        assertThat(gate.mark("9500")).as("measured anew").isEmpty();
        gate.sell("1").passes();
    }

    @Test
    void aLossByFillCountsAsWell() {
        Gate gate = Gate.cash();
        NewOrder order = gate.buy("1").limit("10000").passes();
        List<Sent> sent = gate.fill(order, "1", "10000", "3000", "1");
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.REDUCING);
    }

    @Test
    void aFillForAnUnknownOrderIsBookedAndHaltsTheAccount() {
        Gate gate = Gate.cash();
        NewOrder never = gate.buy("1").limit("10000").id("ghost").order();
        List<Sent> sent = gate.fill(never, "1", "10000", "80", "1");
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.HALTED);
        assertThat(Gate.of(sent, Account.class).getFirst().text())
                .isEqualTo("fill for unknown order ghost: BUY 1 COINBASE:BTC-USD at 10000");
        assertThat(gate.book("a").cash()).hasToString("89920");
        assertThat(gate.book("a").holding(Settings.BTC).position().qty()).hasToString("1");
    }

    @Test
    void aFillOfMoreThanIsLeftIsBookedAndHaltsTheAccount() {
        Gate gate = Gate.cash();
        NewOrder order = gate.buy("1").limit("10000").passes();
        List<Sent> sent = gate.fill(order, "1.5", "10000", "0", "1.5");
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.HALTED);
        assertThat(gate.book("a").cash()).hasToString("85000");
    }

    @Test
    void aCancelOfAnUnknownOrderIsLeftForExecutionToAnswer() {
        List<Sent> sent = Gate.cash().cancel("a", OrderId.of("nothing"));
        assertThat(sent).extracting(Sent::channel).containsExactly(Channel.APPROVED);
    }

    @Test
    void anOrderOfAnotherAccountIsNeitherCanceledNorReplaced() {
        Gate gate = Gate.of(new Settings().account("a", "cash", "100000").account("b", "cash", "100000"));
        NewOrder order = gate.buy("1").limit("10000").passes();
        List<Sent> sent = gate.cancel("b", order.orderId());
        assertThat(Gate.text(sent)).isEqualTo("check=order_owner limit=b value=another account");
        Execution refusal = Gate.of(sent, Execution.class).getFirst();
        assertThat(refusal.execType()).isEqualTo(ExecType.CANCEL_REJECTED);
        assertThat(refusal.terms()).as("terms of another account's order").isNull();
        assertThat(gate.book("a").open()).hasSize(1);
    }

    @Test
    void accountsAreIsolatedFromEachOther() {
        Gate gate = Gate.of(new Settings().account("a", "cash", "100000").account("b", "cash", "100000"));
        gate.hold("2", "10000");
        gate.buy("1").id("same").limit("9999").of("b").passes();
        gate.sell("1").id("same").limit("10500").passes();
        gate.mark("7000");
        assertThat(gate.book("a").standing().isHalted()).isTrue();
        assertThat(gate.book("b").standing()).isEqualTo(Standing.ACTIVE);
        assertThat(gate.book("b").cash()).hasToString("100000");
        assertThat(gate.book("b").reserved()).hasToString("10078.992");
        assertThat(gate.book("a").reserved()).hasToString("0");
        gate.sell("1").of("b").isDenied("check=long_position limit=0 value=1");
    }

    @Test
    void aLateMarkIsIgnoredAndAFeedThatBeganAgainIsNot() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        gate.now -= 60 * Gate.SECOND;
        gate.mark("11000");
        assertThat(gate.book("a").equity()).hasToString("100000");
        gate.now -= 1;
        gate.mark("11000");
        assertThat(gate.book("a").equity()).hasToString("101000");
    }

    @Test
    void idsBeyondTheWindowAreForgottenOldestFirst() {
        RecentIds ids = new RecentIds(AccountId.of("a"), new StateTable<>(new TreeMap<Key, String>()));
        for (int i = 0; i <= RecentIds.WINDOW; i++) {
            ids.add(OrderId.of("n" + i), i);
        }
        assertThat(ids.contains(OrderId.of("n0"))).isFalse();
        assertThat(ids.contains(OrderId.of("n1"))).isTrue();
    }

    private static String refusal(List<Sent> sent) {
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.REFUSED);
        return String.valueOf(Gate.of(sent, Account.class).getFirst().text());
    }
}
