package papertape.sim;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a simulated venue listens: the loopback address, unless {@value #VARIABLE} names another (in a container: 0.0.0.0). */
final class ListenAddress {
    static final String VARIABLE = "PAPERTAPE_SIM_BIND";

    private ListenAddress() {}

    /** @throws UnknownHostException when the variable names no address of this machine */
    static InetAddress fromEnvironment() throws UnknownHostException {
        String name = System.getenv().getOrDefault(VARIABLE, "");
        return name.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(name);
    }
}
