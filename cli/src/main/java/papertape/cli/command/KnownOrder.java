package papertape.cli.command;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Execution;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.execution.OrderView;

/** Whose an order is and what of. */
record KnownOrder(AccountId account, Instrument instrument) {
    /**
     * Finds an order that lives or has lived.
     *
     * @throws Failure when nobody knows it
     */
    static KnownOrder find(Session session, OrderId order, @Nullable AccountId named) {
        AccountId account = session.owner(order, named);
        Optional<OrderView> live = session.books().order(account, order);
        if (live.isPresent()) {
            return new KnownOrder(account, live.get().instrument());
        }
        List<Execution> life = session.history().executions(account, order);
        if (life.isEmpty()) {
            throw new Failure("unknown order " + order + " of account " + account);
        }
        return new KnownOrder(account, life.getFirst().instrument());
    }
}
