package papertape.look;

/**
 * The process that started a stack and starts again what dies.
 *
 * @param pid its process id
 * @param isAlive whether it still runs
 */
public record Supervisor(long pid, boolean isAlive) {}
