package papertape.sim;

import java.io.PrintStream;

/** Standard output of this module's processes carries JSON lines and nothing else. */
public final class StandardOutput {
    private StandardOutput() {}

    /** Keeps standard output for the caller; whatever else writes to it (logging) goes to standard error from now on. */
    public static PrintStream reserve() {
        PrintStream lines = System.out;
        System.setOut(System.err);
        return lines;
    }
}
