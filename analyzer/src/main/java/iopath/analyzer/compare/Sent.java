package iopath.analyzer.compare;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.summarize.Transfer;
import java.util.List;

/**
 * What was written to files, sockets and pipes, put in proportion.
 *
 * @param bytes written, whatever they came from; capped where a damaged recording claims more than fits
 * @param copied CPU copies times bytes
 * @param calls system calls that these bytes took
 */
public record Sent(double bytes, double copied, double calls) {

    /** Sums over all rows whose sink is not the application itself. */
    public static Sent of(List<Transfer> rows) {
        double bytes = 0;
        double copied = 0;
        double calls = 0;
        for (Transfer row : rows) {
            if (!row.sink().equals(Endpoint.MEMORY) && row.bytes() > 0) {
                bytes += row.bytes();
                copied += row.copiedBytes();
                calls += row.calls();
            }
        }
        return new Sent(bytes, copied, calls);
    }

    /** CPU copies of each byte on average; 0 if nothing was sent. */
    public double copiesPerByte() {
        return bytes == 0 ? 0 : copied / bytes;
    }

    /** System calls for each million bytes; 0 if nothing was sent. */
    public double callsPerMegabyte() {
        return bytes == 0 ? 0 : calls * 1e6 / bytes;
    }
}
