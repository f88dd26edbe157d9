package iopath.agent.instrument;

/**
 * Stands for what {@link EachRead} weaves into {@code RandomAccessFile.implReadLine}: a system call for each byte, of
 * which neither arguments nor result of the method tell how many there were.
 */
final class LineAdvice {

    private LineAdvice() {}
}
