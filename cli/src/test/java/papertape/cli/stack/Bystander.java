package papertape.cli.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of the tests that lives until it is ended; holds the lock of the folder that it is given, if any. */
final class Bystander {
    private Bystander() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            FolderLock held = FolderLock.take(new Home(Path.of(args[0])), "papertape test");
            System.out.println("holds " + held.home().folder());
        } else {
            System.out.println("runs");
        }
        System.out.flush();
        TimeUnit.MINUTES.sleep(5);
    }

    /** Returns when it runs. */
    static Process start(List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Jvm.java().toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bystander.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.inputReader().readLine() == null) {
            throw new IOException("the process has not started");
        }
        return process;
    }
}
