package papertape.dashboard;

/** The dashboard's process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        new Dashboard(System.getenv()).run(args);
    }
}
