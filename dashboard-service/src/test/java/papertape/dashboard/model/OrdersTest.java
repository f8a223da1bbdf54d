package papertape.dashboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import papertape.common.json.MessageCodec;
import papertape.common.message.Execution;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.Qty;

/** Executions as they are on the wire. */
final class OrdersTest {
    private final Orders orders = new Orders();
    private final MessageCodec codec = new MessageCodec();
    private int sent;

    private void hear(String order, String execType, String status, String cum, String leaves, String more) {
        String text = """
                {"type":"execution","id":"execution.0-%d","ts":%d,"origin":1,"execId":"execution.0-%d","orderId":"%s",\
                "account":"demo","instrument":"SIM:BTC-USD","execType":"%s","ordStatus":"%s","side":"buy","ordType":"limit",\
                "tif":"gtc","qty":"10","limitPx":"100","leavesQty":"%s","cumQty":"%s",%s"text":"t"}""".formatted(++sent, sent, sent, order, execType, status, leaves, cum, more);
        orders.accept((Execution) codec.decode(text));
    }

    private void fill(String order, String status, String cum, String leaves) {
        hear(order, "trade", status, cum, leaves, "\"lastQty\":\"4\",\"lastPx\":\"99\",\"commission\":\"0.4\",");
    }

    private void hear(String order, String execType, String status, String cum, String leaves) {
        hear(order, execType, status, cum, leaves, "\"lastQty\":\"0\",\"commission\":\"0\",");
    }

    @Test
    void an_order_works_until_its_last_execution_and_its_fees_add_up() {
        hear("a", "new", "new", "0", "10");
        fill("a", "partially_filled", "4", "6");
        assertThat(orders.working()).singleElement().satisfies(row -> {
            assertThat(row.status()).isEqualTo(OrdStatus.PARTIALLY_FILLED);
            assertThat(row.leavesQty()).isEqualTo(Qty.of("6"));
        });
        fill("a", "partially_filled", "8", "2");
        hear("a", "canceled", "canceled", "8", "0");
        assertThat(orders.working()).isEmpty();
        assertThat(orders.all()).singleElement().satisfies(row -> {
            assertThat(row.status()).isEqualTo(OrdStatus.CANCELED);
            assertThat(row.fees()).isEqualTo(Money.of("0.8"));
            assertThat(row.created()).isEqualTo(1);
            assertThat(row.updated()).isEqualTo(4);
        });
        assertThat(orders.fills()).hasSize(2);
    }

    @Test
    void a_refused_cancel_changes_no_state_and_makes_no_order_of_its_own() {
        hear("unknown", "cancel_rejected", "rejected", "0", "0");
        assertThat(orders.all()).isEmpty();
        hear("a", "new", "new", "0", "10");
        hear("a", "cancel_rejected", "rejected", "0", "10");
        assertThat(orders.working())
                .singleElement()
                .satisfies(row -> assertThat(row.status()).isEqualTo(OrdStatus.NEW));
    }

    @Test
    void a_denied_order_has_ended_and_the_number_of_ended_ones_stays_bounded() {
        for (int i = 0; i < Orders.MAX_ENDED + 10; i++) {
            hear("o" + i, "denied", "denied", "0", "0");
        }
        assertThat(orders.all()).hasSize(Orders.MAX_ENDED);
        assertThat(orders.all().getFirst().orderId()).isEqualTo("o" + (Orders.MAX_ENDED + 9));
        assertThat(orders.hasLostFills()).isFalse();
    }
}
