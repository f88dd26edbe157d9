package iopath.analyzer.calibrate;

import iopath.analyzer.price.Point.Lane;
import java.io.IOException;

/**
 * One way to move bytes, in steps of one size.
 *
 * @param lane what it is called in a calibration
 * @param chunkBytes size of a step
 * @param step moves up to a step's bytes, and tells how many
 */
record Way(Lane lane, int chunkBytes, Step step) {

    /** A read with its writes, or what is one call of its own. */
    interface Step {
        long move() throws IOException;
    }
}
