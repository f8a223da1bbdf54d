package papertape.cli.command;

/** A command could not do what it was asked; the message is for the user. Exit code 1. */
public final class Failure extends RuntimeException {
    public Failure(String message) {
        super(message);
    }
}
