package papertape.common.runtime;

import java.util.List;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.config.Config;
import papertape.common.message.Channel;

/**
 * What all parts of a worker's process share.
 *
 * @param worker this process's name, unique among the stage's workers
 */
record Shell(
        Config config,
        Keys keys,
        Partitions partitions,
        String stage,
        String worker,
        List<Input> inputs,
        Tally tally,
        Vitals vitals,
        OwnStack stack) {
    /** What must be so before the work begins; done again after each outage. */
    void prepare(Bus bus) {
        stack.check(bus);
        bus.agreeOn("partitions", partitions.count());
        List<Channel> journaled =
                inputs.stream().map(Input::channel).filter(Channel::isJournaled).toList();
        bus.registerConsumer(stage, journaled);
    }

    String controlChannel() {
        return keys.channel(Channel.CONTROL);
    }

    String rebalancePrefix() {
        return keys.rebalance("");
    }
}
