package papertape.sim.replay;

import java.io.IOException;

/** A recording that cannot be played; the message names the file, the line and what is wrong with it. */
public final class RecordingException extends IOException {
    RecordingException(String message) {
        super(message);
    }
}
