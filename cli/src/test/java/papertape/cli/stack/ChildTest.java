package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildTest {
    @TempDir
    Path folder;

    @Test
    void a_process_that_ends_by_itself_each_time_is_hopeless_after_five_times() throws Exception {
        Child child = child("exit 3");
        awaitRestarts(child, 4);
        assertThat(child.isHopeless()).isFalse();
        awaitRestarts(child, 5);
        assertThat(child.isHopeless()).isTrue();
    }

    @Test
    void a_process_that_others_kill_is_not() throws Exception {
        Child child = child("kill -9 $$");
        awaitRestarts(child, 5);
        assertThat(child.isHopeless()).isFalse();
    }

    private Child child(String script) throws Exception {
        Child child = new Child("child", List.of("/bin/sh", "-c", script), Map.of(), folder);
        child.start();
        return child;
    }

    private static void awaitRestarts(Child child, int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (child.restarts() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            child.restartIfDue();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        child.await(1_000);
    }
}
