package iopath.agent;

/**
 * A step of the installation that is made to fail, so that tests can show that nothing is left of it.
 *
 * <p>The system property {@code iopath.test.fail} names it. Whoever can set it can only keep the agent out.
 */
final class Fault {

    private static final String STEP = "iopath.test.fail";

    private Fault() {}

    /** Fails if this step is the one that is to fail. */
    static void at(String step) {
        if (step.equals(System.getProperty(STEP))) {
            throw new InternalError(STEP + "=" + step);
        }
    }
}
