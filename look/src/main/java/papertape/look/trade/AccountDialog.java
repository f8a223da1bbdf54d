package papertape.look.trade;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.Message;
import papertape.common.value.AccountId;

/** Sends a command about accounts and collects the events that answer it. A command is published once: money moves once. */
public final class AccountDialog {
    private final FrontDoor door;
    private final Answers answers;

    public AccountDialog(FrontDoor door) {
        this.door = door;
        this.answers = door.listen(Channel.ACCOUNTS);
    }

    /**
     * Publishes the command and waits until each of the accounts has answered.
     *
     * @return the answers that came in time
     */
    public List<Account> ask(Account command, Set<AccountId> accounts, long waitMs) {
        door.publish(Channel.ACCOUNTS, command);
        List<Account> heard = new ArrayList<>();
        Set<AccountId> open = new TreeSet<>(accounts);
        long start = System.nanoTime();
        while (!open.isEmpty() && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < waitMs) {
            for (Message message : answers.poll()) {
                if (message instanceof Account event
                        && event.event() != null
                        && command.header().id().equals(event.header().cause())) {
                    heard.add(event);
                    open.remove(event.account());
                }
            }
            FrontDoor.pause();
        }
        return heard;
    }
}
