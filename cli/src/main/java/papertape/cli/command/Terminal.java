package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import papertape.common.text.Printable;

/**
 * The one way to the terminal: whatever a command prints is escaped here, since names, reasons and messages come from
 * outside. Only the commands' own movements of the cursor pass as they are.
 */
public final class Terminal extends PrintWriter {
    private final Writer screen;

    public Terminal(Writer screen) {
        super(new Escaping(screen), true);
        this.screen = screen;
    }

    /** Puts the cursor back to the beginning of its line, where the output is a terminal's. */
    static void startLineAgain(PrintWriter out) {
        move(out, "\r");
    }

    /** Empties the screen, where the output is a terminal's. */
    static void clear(PrintWriter out) {
        move(out, "\u001b[H\u001b[2J");
    }

    private static void move(PrintWriter out, String sequence) {
        out.flush();
        if (out instanceof Terminal terminal) {
            try {
                terminal.screen.write(sequence);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Escaping extends Writer {
        private final Writer screen;

        Escaping(Writer screen) {
            this.screen = screen;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            screen.write(Printable.lines(new String(text, from, length)));
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            screen.write(Printable.lines(text.substring(from, from + length)));
        }

        @Override
        public void flush() throws IOException {
            screen.flush();
        }

        @Override
        public void close() throws IOException {
            screen.close();
        }
    }
}
