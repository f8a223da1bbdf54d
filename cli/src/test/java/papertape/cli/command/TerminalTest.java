package papertape.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import papertape.cli.Main;

class TerminalTest {
    private final StringWriter screen = new StringWriter();
    private final PrintWriter out = new Terminal(screen);

    @Test
    void whatACommandPrintsIsEscapedInEveryWayToPrintIt() {
        out.print("a\u001b[2J");
        out.println("b\u202e");
        out.write("c\u0007");
        out.append('\u009b').append("d\u200b");
        out.print(new char[] {'e', '\r'});
        out.flush();

        assertThat(screen).hasToString("a\\u001b[2Jb\\u202e\nc\\u0007\\u009bd\\u200be\\u000d");
    }

    @Test
    void jsonKeepsItsMeaning() {
        out.println("{\"text\":\"\u202e\u2028\"}");

        assertThat(screen).hasToString("{\"text\":\"\\u202e\\u2028\"}\n");
    }

    @Test
    void onlyTheCommandsOwnMovementsOfTheCursorPass() {
        out.print("x");
        Terminal.startLineAgain(out);
        Terminal.clear(out);
        out.print("\r");
        out.flush();

        assertThat(screen).hasToString("x\r\u001b[H\u001b[2J\\u000d");
    }

    @Test
    void hostileArgumentsDoNotReachTheTerminalRaw() {
        Random random = new Random(5);
        for (int i = 0; i < 12; i++) {
            String hostile = "x" + Character.toString(random.nextInt(0x300)) + "\u001b]0;evil\u0007\u202e";
            for (String[] words : new String[][] {
                {hostile}, {"account", "show", hostile}, {"order", hostile, "1", "X:Y"}, {"order", "buy", "1", hostile},
                {"tail", hostile}, {"up", "--feed", hostile}, {"scale", hostile}, {"account", "limits", "a", hostile},
            }) {
                Main.commandLine().setOut(out).setErr(out).execute(words);
            }
        }
        out.flush();

        assertThat(screen.toString().codePoints().filter(c -> c != '\n' && c != '\t'))
                .noneMatch(c -> Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT);
    }
}
