package iopath.analyzer.summarize;

/**
 * Bytes that were moved in one way, with the calls that it took.
 *
 * @param source kind of endpoint
 * @param sink kind of endpoint
 * @param path how they travelled, a word of the contract
 * @param cpuCopies CPU copies of each byte
 * @param calls system calls, on both sides if there are two
 * @param nanos elapsed time in the calls, estimated by the agent; 0 if it is not known
 */
public record Work(String source, String sink, String path, int cpuCopies, long bytes, long calls, long nanos) {

    /** What a row of a profile took. */
    public static Work of(Transfer row) {
        return new Work(row.source(), row.sink(), row.path(), row.cpuCopies(), row.bytes(), row.calls(), row.nanos());
    }

    /** Reads or writes alone; their buffers are not told apart, and at sizes where calls count it matters little. */
    static Work of(SmallIo row) {
        boolean reads = row.direction().equals(Words.READ);
        return new Work(
                reads ? row.kind() : Words.MEMORY,
                reads ? Words.MEMORY : row.kind(),
                "direct",
                1,
                row.bytes(),
                row.operations(),
                0);
    }
}
