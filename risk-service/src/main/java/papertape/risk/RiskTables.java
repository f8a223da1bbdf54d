package papertape.risk;

import papertape.common.ledger.Position;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;

/** All that a partition of this stage remembers over a restart; everything else is derived from it. */
record RiskTables(
        StateTable<AccountId, Profile> profiles,
        StateTable<AccountId, Money> cash,
        StateTable<AccountId, Standing> standings,
        StateTable<AccountId, Watch> watches,
        StateTable<AccountId, Counts> counts,
        StateTable<Key, Position> positions,
        StateTable<Key, OpenOrder> orders,
        StateTable<Key, String> ids,
        StateTable<Key, Submission> submits,
        StateTable<Key, Submission> modifies,
        StateTable<Instrument, KnownMark> marks,
        StateTable<String, String> globalHalt) {

    static RiskTables open(StateStore store) {
        return new RiskTables(
                store.table("profiles", AccountId::of, Profile.class),
                store.table("cash", AccountId::of, Money.class),
                store.table("standings", AccountId::of, Standing.class),
                store.table("watches", AccountId::of, Watch.class),
                store.table("counts", AccountId::of, Counts.class),
                store.table("positions", Key::parse, Position.class),
                store.table("orders", Key::parse, OpenOrder.class),
                store.table("ids", Key::parse, String.class),
                store.table("submits", Key::parse, Submission.class),
                store.table("modifies", Key::parse, Submission.class),
                store.table("marks", Instrument::of, KnownMark.class),
                store.table("globalHalt", name -> name, String.class));
    }
}
