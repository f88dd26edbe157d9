package iopath.analyzer.calibrate;

import iopath.analyzer.price.Point.Lane;

/**
 * What one measurement came to, as a line from one process to another.
 *
 * @param nanosPerByte CPU time, which is seconds for 1,000,000,000 bytes as well
 */
record Turn(Lane lane, int chunkBytes, double nanosPerByte) {

    String line() {
        return String.join(
                " ",
                lane.source(),
                lane.sink(),
                lane.path(),
                Integer.toString(lane.cpuCopies()),
                Integer.toString(chunkBytes),
                Double.toString(nanosPerByte));
    }

    /**
     * Reads what {@link #line} gives.
     *
     * @throws IllegalArgumentException for any other line
     */
    static Turn parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 6) {
            throw new IllegalArgumentException("no measurement: " + line);
        }
        return new Turn(
                new Lane(words[0], words[1], words[2], Integer.parseInt(words[3])),
                Integer.parseInt(words[4]),
                Double.parseDouble(words[5]));
    }
}
