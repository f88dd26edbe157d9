package iopath.agent.instrument;

/** How the names of some classes end, to tell at once that most other classes are no copies of them. */
final class NameEnds {

    /** Characters of a name that count; simple names of hooked classes are longer. */
    private static final int LENGTH = 4;

    private static final int SIZE = 1024;

    private final boolean[] known = new boolean[SIZE];

    /** The ends of these names, all of them. */
    NameEnds(String[]... groups) {
        for (String[] names : groups) {
            for (String name : names) {
                known[place(name)] = true;
            }
        }
    }

    /** Whether a name ends as one of these does, or as if it did. Allocates nothing: each class that loads is asked about. */
    boolean mayHave(String name) {
        return known[place(name)];
    }

    private static int place(String name) {
        int hash = 0;
        for (int i = name.length() - 1; i >= 0 && i >= name.length() - LENGTH; i--) {
            hash = 31 * hash + name.charAt(i);
        }
        return hash & SIZE - 1;
    }
}
