package iopath.analyzer;

import iopath.analyzer.command.Iopath;

/** The entry point of the jar. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Not a return: a parser that got stuck may have left a thread behind.
        System.exit(Iopath.run(arguments, System.out, System.err));
    }
}
