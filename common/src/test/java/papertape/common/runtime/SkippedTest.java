package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Message;
import papertape.common.message.Signal;
import papertape.common.stage.Outbox;
import papertape.common.stage.Skipped;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateTable;
import papertape.common.testredis.TestRedis;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;

/** A stage is told of each message of its input that became a dead letter. */
class SkippedTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private static final AccountId ACCOUNT = Bench.account(0);

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(REDIS);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Sends what it is told of as an order's id. */
    private static final class Telling implements Stage {
        private final StateTable<AccountId, Long> counts;

        Telling(StageContext context) {
            counts = context.state().table("count", AccountId::of, Long.class);
        }

        @Override
        public void onMessage(Message message, Outbox out) {
            Signal signal = (Signal) message;
            if (signal.reason().equals("refuse")) {
                throw new IllegalArgumentException("refused");
            }
            counts.put(ACCOUNT, counts.getOrDefault(ACCOUNT, 0L) + 1);
            if (signal.reason().startsWith("break")) {
                throw new IllegalStateException(signal.reason());
            }
            if (signal.reason().equals("in part")) {
                out.deadLetter("a part was left out");
            }
            tell(signal.reason() + " " + counts.get(ACCOUNT), out);
        }

        @Override
        public void onSkipped(Skipped skipped, Outbox out) {
            counts.put(ACCOUNT, counts.getOrDefault(ACCOUNT, 0L) + 1_000);
            if (skipped.reason().contains("break twice")) {
                throw new IllegalStateException("broke here as well");
            }
            tell(
                    "skipped " + (skipped.message() == null ? "unread" : "read") + " " + skipped.instrument() + " "
                            + skipped.reason()
                                    .substring(0, Math.min(40, skipped.reason().length())) + " " + counts.get(ACCOUNT),
                    out);
        }

        private static void tell(String text, Outbox out) {
            String id = text.replaceAll("[^A-Za-z0-9.-]+", "_");
            out.send(Channel.ORDERS, new CancelOrder(out.header(1), OrderId.of(id), ACCOUNT, Instrument.of("X:Y")));
        }
    }

    @Test
    void aStageIsToldOfEachMessageThatBecameADeadLetter() {
        bench.start(Service.stage("telling", List.of(Input.all(Channel.SIGNALS)), config -> Telling::new));
        bench.sendReason(ACCOUNT, "first");
        bench.sendText(ACCOUNT, "{\"type\":\"signal\",\"instrument\":\"COINBASE:BTC-USD\",\"id\":7}");
        bench.sendText(ACCOUNT, "no JSON at all");
        bench.sendReason(ACCOUNT, "refuse");
        bench.sendReason(ACCOUNT, "break");
        bench.sendReason(ACCOUNT, "break twice");
        bench.sendReason(ACCOUNT, "in part");
        bench.sendReason(ACCOUNT, "last");

        bench.until(() -> bench.total(Channel.ORDERS) == 7);

        assertThat(bench.journal(Channel.ORDERS))
                .extracting(message -> ((CancelOrder) message).orderId().value())
                .satisfiesExactly(
                        id -> assertThat(id).isEqualTo("first_1"),
                        id -> assertThat(id)
                                .startsWith("skipped_unread_COINBASE_BTC-USD_")
                                .endsWith("_1001"),
                        id -> assertThat(id)
                                .startsWith("skipped_unread_null_not_JSON")
                                .endsWith("_2001"),
                        id -> assertThat(id).isEqualTo("skipped_read_null_refused_3001"),
                        id -> assertThat(id)
                                .as("the state is that before the message")
                                .isEqualTo("skipped_read_null_java.lang.IllegalStateException_break_4001"),
                        id -> assertThat(id)
                                .as("a failure while it is told ends as well, and leaves no trace")
                                .isEqualTo("in_part_4002"),
                        id -> assertThat(id).isEqualTo("last_4003"));
        assertThat(bench.deadLetters())
                .extracting(DeadLetter::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("field"),
                        reason -> assertThat(reason).startsWith("not JSON"),
                        reason -> assertThat(reason).isEqualTo("refused"),
                        reason -> assertThat(reason).endsWith("IllegalStateException: break"),
                        reason -> assertThat(reason).endsWith("IllegalStateException: break twice"),
                        reason -> assertThat(reason).isEqualTo("a part was left out"));
    }

    @Test
    void a_stage_is_told_of_messages_that_are_missing_from_the_journal_once_and_before_what_follows_them() {
        bench.sendReason(ACCOUNT, "first");
        bench.sendReason(ACCOUNT, "lost");
        bench.sendReason(ACCOUNT, "lost, too");
        bench.sendReason(ACCOUNT, "break");
        bench.sendReason(ACCOUNT, "last");
        String journal = bench.bus().keys().journal(Channel.SIGNALS, bench.partitions.of(ACCOUNT.value()));
        assertThat(bench.bus().redis().call("XDEL", journal, "2-0", "3-0")).isEqualTo(2L);

        bench.start(Service.stage("telling", List.of(Input.all(Channel.SIGNALS)), config -> Telling::new));
        bench.until(() -> bench.total(Channel.ORDERS) == 4);

        assertThat(bench.journal(Channel.ORDERS))
                .extracting(message -> ((CancelOrder) message).orderId().value())
                .containsExactly(
                        "first_1",
                        "skipped_unread_null_2_messages_are_missing_from_the_journal_1001",
                        "skipped_read_null_java.lang.IllegalStateException_break_2001",
                        "last_2002");
    }

    /** Counts and answers each signal; of one that says "part" the answer and the count are taken back. */
    private static final class Containing implements Stage {
        private final StateTable<AccountId, Long> counts;

        Containing(StageContext context) {
            counts = context.state().table("count", AccountId::of, Long.class);
        }

        @Override
        public void onMessage(Message message, Outbox out) {
            Telling.tell("before", out);
            counts.savepoint();
            try {
                out.whole(() -> {
                    counts.put(ACCOUNT, counts.getOrDefault(ACCOUNT, 0L) + 1);
                    Telling.tell(((Signal) message).reason() + " " + counts.get(ACCOUNT), out);
                    if (((Signal) message).reason().startsWith("part")) {
                        throw new IllegalStateException("half done");
                    }
                });
                counts.release();
            } catch (IllegalStateException e) {
                counts.rollBack();
                out.contained("a part failed", e);
            }
        }
    }

    @Test
    void a_part_that_fails_leaves_nothing_and_the_message_is_handled() {
        bench.start(Service.stage("containing", List.of(Input.all(Channel.SIGNALS)), config -> Containing::new));
        for (String reason : List.of("first", "part", "part again", "last")) {
            bench.sendReason(ACCOUNT, reason);
        }
        bench.until(() -> bench.total(Channel.ORDERS) == 6);

        assertThat(bench.journal(Channel.ORDERS))
                .extracting(message -> ((CancelOrder) message).orderId().value())
                .containsExactly("before", "first_1", "before", "before", "before", "last_2");
        assertThat(bench.journal(Channel.ORDERS))
                .extracting(message -> message.header().id().value())
                .as("ids without a hole")
                .last()
                .asString()
                .endsWith("-6");
        assertThat(bench.deadLetters()).isEmpty();
    }
}
