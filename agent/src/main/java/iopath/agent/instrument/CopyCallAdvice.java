package iopath.agent.instrument;

/** Stands for what {@link CopySites} weaves into the methods of a class. */
final class CopyCallAdvice {

    private CopyCallAdvice() {}
}
