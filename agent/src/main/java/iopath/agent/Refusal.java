package iopath.agent;

/** Why the agent stays out, or takes itself out again; the message is one line for the user. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message);
    }
}
