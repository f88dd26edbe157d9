package iopath.demo;

/**
 * What arrived, beside what should have.
 *
 * @param bytes as counted where they arrived
 */
record Moved(long bytes, Checksum expected, Checksum arrived) {

    boolean intact() {
        return expected.equals(arrived);
    }
}
