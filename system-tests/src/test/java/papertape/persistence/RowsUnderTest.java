package papertape.persistence;

import io.questdb.client.Sender;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import papertape.common.message.Channel;
import papertape.common.message.Message;
import papertape.common.runtime.Sink.Delivery;

/** The encoding of messages as rows, without a server behind it. */
public final class RowsUnderTest {
    private final List<String> unstored = new ArrayList<>();
    private final MessageRows rows;

    public RowsUnderTest() {
        Sender[] self = new Sender[1];
        self[0] = (Sender) Proxy.newProxyInstance(
                Sender.class.getClassLoader(), new Class<?>[] {Sender.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("table")
                            && Table.UNSTORED.text().contentEquals((CharSequence) arguments[0])) {
                        unstored.add("");
                    }
                    return method.getReturnType().isAssignableFrom(Sender.class) ? self[0] : null;
                });
        rows = new MessageRows(self[0]);
    }

    /** Whether the message's own table takes it. */
    public boolean stores(Channel channel, Message message) {
        unstored.clear();
        rows.add(Table.of(channel, message), new Delivery(channel, 0, 1, message));
        return unstored.isEmpty();
    }
}
