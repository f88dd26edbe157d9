package iopath.analyzer.calibrate;

/** A file is no calibration; the message is one line that names the file and says what to do. */
public final class BadCalibrationException extends Exception {
    private static final long serialVersionUID = 1;

    BadCalibrationException(String message) {
        super(message);
    }
}
