package papertape.common.bus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The scripts that Redis runs atomically. */
enum Scripts {
    /**
     * Begins a step of a run in lockstep, unless its number has been given out. KEYS: the step, a text that begins with its
     * number, also the channel on which it is told; the latest marks; the marks of the step, which are the latest before it.
     * ARGV: number, text. Returns the step that holds now.
     */
    STEP("""
            local now = redis.call('GET', KEYS[1])
            local last = now and tonumber(string.match(now, '^%d+')) or 0
            if last + 1 ~= tonumber(ARGV[1]) then return now end
            redis.call('SET', KEYS[1], ARGV[2])
            redis.call('COPY', KEYS[2], KEYS[3], 'REPLACE')
            redis.call('PUBLISH', KEYS[1], ARGV[2])
            return ARGV[2]
            """),
    /**
     * Commits a task's progress. Nothing is changed unless the epoch is the task's own and every expected value stands.
     *
     * <p>KEYS: task, state, sequences, then the journal of each frame, then the last-value hash of each plain message.
     * ARGV: epoch; number of task fields, then for each its name, expected and new value; number of state entries to set,
     * then names and values; number to remove, then names; number of frames, then for each its pub/sub channel,
     * {@code channel.partition}, number of messages, how many of them are clocks, and text; number of plain messages, then for each its channel, key and
     * text: without a channel it is only kept, without a key only published.
     */
    COMMIT("""
            local at = 2
            local fields = tonumber(ARGV[at]); at = at + 1
            local names, set = {'epoch'}, {}
            for i = 1, fields do
              names[i + 1] = ARGV[at + (i - 1) * 3]
              set[2 * i - 1] = ARGV[at + (i - 1) * 3]
              set[2 * i] = ARGV[at + (i - 1) * 3 + 2]
            end
            local found = redis.call('HMGET', KEYS[1], unpack(names))
            if found[1] ~= ARGV[1] then return redis.error_reply('FENCED epoch is ' .. tostring(found[1]) .. ', not ' .. ARGV[1]) end
            for i = 1, fields do
              if (found[i + 1] or '0') ~= ARGV[at + (i - 1) * 3 + 1] then
                return redis.error_reply('OFFSET ' .. names[i + 1] .. ' is ' .. tostring(found[i + 1]) .. ', not ' .. ARGV[at + (i - 1) * 3 + 1])
              end
            end
            at = at + fields * 3
            if fields > 0 then redis.call('HSET', KEYS[1], unpack(set)) end
            local n = tonumber(ARGV[at]); at = at + 1
            for i = 0, n - 1, 1000 do
              redis.call('HSET', KEYS[2], unpack(ARGV, at + 2 * i, at + 2 * math.min(i + 1000, n) - 1))
            end
            at = at + 2 * n
            n = tonumber(ARGV[at]); at = at + 1
            for i = 0, n - 1, 1000 do
              redis.call('HDEL', KEYS[2], unpack(ARGV, at + i, at + math.min(i + 1000, n) - 1))
            end
            at = at + n
            local frames = tonumber(ARGV[at]); at = at + 1
            for i = 1, frames do
              local count = tonumber(ARGV[at + 2])
              if ARGV[at + 3] ~= '0' then redis.call('HINCRBY', KEYS[3], 'clocks:' .. ARGV[at + 1], ARGV[at + 3]) end
              local last = redis.call('HINCRBY', KEYS[3], ARGV[at + 1], count)
              local frame = string.format('{"seq":%d,"n":%d}\\n', last - count + 1, count) .. ARGV[at + 4]
              redis.call('XADD', KEYS[3 + i], string.format('%d-0', last), 'f', frame)
              redis.call('PUBLISH', ARGV[at], frame)
              at = at + 5
            end
            n = tonumber(ARGV[at]); at = at + 1
            for i = 1, n do
              if ARGV[at + 1] ~= '' then redis.call('HSET', KEYS[3 + frames + i], ARGV[at + 1], ARGV[at + 2]) end
              if ARGV[at] ~= '' then redis.call('PUBLISH', ARGV[at], ARGV[at + 2]) end
              at = at + 3
            end
            return 1
            """),

    /**
     * Takes a task that is free, or the worker's own already, and raises its epoch. KEYS: lease, task. ARGV: worker, time
     * to live in milliseconds. Returns the task's fields, or nothing when another worker has it.
     */
    ACQUIRE("""
            local owner = redis.call('GET', KEYS[1])
            if owner and owner ~= ARGV[1] then return false end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.call('HINCRBY', KEYS[2], 'epoch', 1)
            return redis.call('HGETALL', KEYS[2])
            """),

    /**
     * Prolongs a worker's life and leases. KEYS: workers, then a lease and a task for each task it owns. ARGV: worker, time
     * to live in milliseconds, rebalance channel, then each task's epoch. Returns two lists: the living workers, and for
     * each task 1 or, when it is lost, 0. A lease that ran out with nobody taking the task is taken up again.
     */
    RENEW("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            local joined = redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
            local kept = {}
            for i = 2, #KEYS, 2 do
              local owner = redis.call('GET', KEYS[i])
              local mine = owner == ARGV[1]
              if not owner then mine = redis.call('HGET', KEYS[i + 1], 'epoch') == ARGV[3 + i / 2] end
              if mine then redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2]) end
              kept[#kept + 1] = mine and 1 or 0
            end
            if joined == 1 then redis.call('PUBLISH', ARGV[3], ARGV[1]) end
            return {redis.call('ZRANGE', KEYS[1], 0, -1), kept}
            """),

    /** Gives a task back. KEYS: lease. ARGV: worker, rebalance channel. */
    RELEASE("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            redis.call('PUBLISH', ARGV[2], ARGV[1])
            return 1
            """),

    /** A worker says good-bye. KEYS: workers. ARGV: worker, rebalance channel. */
    LEAVE("""
            redis.call('ZREM', KEYS[1], ARGV[1])
            redis.call('PUBLISH', ARGV[2], ARGV[1])
            return 1
            """),

    /**
     * Takes the right to supervise, or renews it. KEYS: the right. ARGV: the asking supervisor's machine, folder and process
     * id, time to live in milliseconds, then all its fields and their values. Returns 1 (taken) or 2 (renewed), or 0 with the
     * milliseconds left and the fields of the supervisor of another folder that has it.
     */
    SUPERVISE("""
            local found = redis.call('HMGET', KEYS[1], 'machine', 'home', 'pid')
            if found[1] and (found[1] ~= ARGV[1] or found[2] ~= ARGV[2]) then
              return {0, redis.call('PTTL', KEYS[1]), redis.call('HGETALL', KEYS[1])}
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], unpack(ARGV, 5))
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return {found[3] == ARGV[3] and 2 or 1}
            """),

    /** Gives the right to supervise back. KEYS: the right. ARGV: machine, folder and process id of the supervisor. */
    UNSUPERVISE("""
            local found = redis.call('HMGET', KEYS[1], 'machine', 'home', 'pid')
            if found[1] == ARGV[1] and found[2] == ARGV[2] and found[3] == ARGV[3] then redis.call('DEL', KEYS[1]) end
            return 1
            """),

    /** A stage says what it reads. KEYS: the consumers of each channel. ARGV: stage. */
    REGISTER("""
            for i = 1, #KEYS do redis.call('SADD', KEYS[i], ARGV[1]) end
            return 1
            """),

    /**
     * The largest number of messages any consumer is behind in one partition. KEYS: sequences, then task hashes. ARGV: for
     * each task hash its input {@code channel} and {@code channel.partition}.
     */
    LAG("""
            local worst = 0
            for i = 2, #KEYS do
              local at = 2 * i - 3
              local last = redis.call('HGET', KEYS[1], ARGV[at + 1])
              if last then
                local lag = tonumber(last) - tonumber(redis.call('HGET', KEYS[i], ARGV[at]) or '0')
                if lag > worst then worst = lag end
              end
            end
            return worst
            """);

    final byte[] text;
    final byte[] sha;

    Scripts(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.sha = sha1(this.text);
    }

    private static byte[] sha1(byte[] text) {
        try {
            String hex =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
            return hex.getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
