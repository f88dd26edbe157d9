package iopath.benchmarks;

/** A program that does nothing, to see how long it takes to begin and to end. */
final class Trivial {

    private Trivial() {}

    public static void main(String[] arguments) {
        System.out.println("done");
    }
}
