package iopath.analyzer.attach;

/**
 * The user who runs iopath.
 *
 * @param uid effective user
 * @param gid effective group
 */
record Caller(long uid, long gid) {
    static Caller of(Proc proc) {
        return ProcessFacts.of(proc, proc.self())
                .map(self -> new Caller(self.uid(), self.gid()))
                .orElse(new Caller(-1, -1));
    }

    /** As HotSpot's listener decides it: effective user and group must be the same, unless it is root who asks. */
    boolean mayAttach(ProcessFacts process) {
        return uid == 0 || (uid == process.uid() && gid == process.gid());
    }
}
