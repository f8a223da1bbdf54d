package papertape.common.config;

import java.util.List;

/**
 * The dashboard.
 *
 * @param port on the loopback address; 0: any free one
 * @param readOnly whether the page may look only: no order, no halt
 * @param hosts names under which a browser may ask for it, besides those of the loopback address
 */
public record DashboardSettings(int port, boolean readOnly, List<String> hosts) {}
