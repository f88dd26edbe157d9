package iopath.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a hook.
 *
 * @param target class and method
 * @param status what was done
 * @param why the cause, {@code null} if it was applied
 */
public record HookState(
        String target, Status status, @Nullable String why) {

    /** What was done with a hook. */
    public enum Status {
        APPLIED("applied"),
        /** The JDK has no such method. */
        ABSENT("absent"),
        FAILED("failed"),
        /** Switched off by the option {@code hooks}. */
        OFF("off");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** The name in events. */
        public String text() {
            return text;
        }
    }
}
