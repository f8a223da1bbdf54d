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
            return unanswered(session, order, account);
        }
        return new KnownOrder(account, life.getFirst().instrument());
    }

    /** One that was approved and that the execution never told of, as when its request could not be read there. */
    private static KnownOrder unanswered(Session session, OrderId order, AccountId account) {
        boolean isOpen = session.books()
                .account(account)
                .filter(view -> view.openOrders().contains(order))
                .isPresent();
        if (!isOpen) {
            throw new Failure("unknown order " + order + " of account " + account);
        }
        // the risk service puts in the instrument of the order that it knows
        return new KnownOrder(account, session.config().instruments().getFirst().name());
    }
}
