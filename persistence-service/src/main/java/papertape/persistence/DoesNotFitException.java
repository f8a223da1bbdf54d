package papertape.persistence;

/** A message has a value that its table cannot hold exactly. */
final class DoesNotFitException extends Exception {
    DoesNotFitException(String message) {
        super(message);
    }
}
