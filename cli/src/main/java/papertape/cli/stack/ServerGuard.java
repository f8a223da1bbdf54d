package papertape.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a server that knows nothing of its supervisor (Redis, QuestDB) so that it ends with the supervisor and is alone in
 * its folder. A shell takes the lock of the folder, leaves a guard behind and becomes the server: the server keeps the
 * process id that the supervisor knows, and holds the lock, which no second server gets, for as long as it lives.
 *
 * <p>The guard is a child of the server and waits for the end of standard input, a pipe whose other end only the supervisor
 * holds. It then gives the services some seconds, asks the server to end, and forces it at last. It signals its own parent
 * only: a process id that has been given to another process cannot be its parent.
 */
final class ServerGuard {
    /** A server that was killed may have a child that still writes and holds the lock. */
    private static final int LOCK_SECONDS = 10;

    private static final int GRACE_SECONDS = 5;
    private static final int LIMIT_SECONDS = 25;

    private static final String SCRIPT = """
            lock=$1 wait=$2 grace=$3 limit=$4
            shift 4
            if command -v flock >/dev/null 2>&1; then
              exec 9>>"$lock"
              flock -w "$wait" 9 || { echo "another server runs in this folder and holds $lock" >&2; exit 75; }
            fi
            server=$$
            [ -r /proc/self/status ] || began=$(ps -o lstart= -p $$)
            lives() {
              if [ -r /proc/self/status ]; then
                while read -r name value; do
                  [ "$name" = PPid: ] && break
                done </proc/self/status
                [ "$value" = "$server" ]
              else
                kill -0 "$server" 2>/dev/null && [ "$(ps -o lstart= -p "$server" 2>/dev/null)" = "$began" ]
              fi
            }
            exec 3<&0
            (
              exec 9>&-
              trap '' INT HUP
              while read -r ignored; do :; done
              for second in $(seq "$limit"); do
                lives || exit 0
                [ "$second" = "$grace" ] && kill -TERM "$server"
                sleep 1
              done
              lives && kill -KILL "$server"
            ) <&3 &
            exec 3<&- </dev/null
            exec "$@"
            """;

    private ServerGuard() {}

    /** @param lock file that no two servers hold at the same time */
    static List<String> command(Path lock, List<String> server) {
        return command(lock, LOCK_SECONDS, GRACE_SECONDS, LIMIT_SECONDS, server);
    }

    static List<String> command(Path lock, int lockSeconds, int graceSeconds, int limitSeconds, List<String> server) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "papertape-server",
                lock.toAbsolutePath().toString(),
                Integer.toString(lockSeconds),
                Integer.toString(graceSeconds),
                Integer.toString(limitSeconds)));
        command.addAll(server);
        return command;
    }
}
