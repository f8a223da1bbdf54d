package papertape.look;

import java.util.List;

/** A Redis that answers and is of no use: a replica, a node of a cluster, one that evicts, is full or cannot write. */
final class RedisProblems implements ProblemSource {
    @Override
    public List<Problem> look(Look look) {
        return RedisFitness.of(look.bus().redis()).problems().stream()
                .map(text -> new Problem("redis", text))
                .toList();
    }
}
