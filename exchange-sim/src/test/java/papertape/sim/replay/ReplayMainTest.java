package papertape.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import papertape.sim.TestClient;

@Timeout(60)
class ReplayMainTest {
    @TempDir
    Path folder;

    @Test
    void saysItsPortThenItsProgressAndEndsWhenTold() throws Exception {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, "1\t{\"product_id\":\"A-B\"}\n2\t{\"product_id\":\"A-B\"}\n");
        Process process = start("--file", file.toString(), "--venue", "coinbase", "--speed", "max");
        try (BufferedReader out = process.inputReader()) {
            String first = out.readLine();
            assertThat(first).matches("\\{\"port\":\\d+}");
            TestClient client = TestClient.connect(Integer.parseInt(first.replaceAll("\\D", "")));
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"ticker\"]}");
            client.awaitCount(2);
            String line = out.readLine();
            while (line.equals("{\"sent\":0,\"total\":2}")) {
                line = out.readLine();
            }
            assertThat(line).isEqualTo("{\"sent\":2,\"total\":2,\"done\":true}");
            client.close();
            process.destroy();
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aDamagedFileEndsItWithTheLineNumber() throws Exception {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, "1\t{}\nwrong\n");
        Process process = start("--file", file.toString(), "--venue", "coinbase");
        assertThat(process.errorReader().readLine()).contains("r.tsv, line 2: no tab");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void wrongArgumentsNameTheAccepted() throws Exception {
        Process process = start("--file", "x", "--venue", "kraken");
        assertThat(process.errorReader().readLine()).contains("accepted: coinbase, binance");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private static Process start(String... args) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-Xmx64m", "-XX:+UseSerialGC", "-cp", classPath, ReplayMain.class.getName()));
        command.addAll(Arrays.asList(args));
        return new ProcessBuilder(command).start();
    }
}
