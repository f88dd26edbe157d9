package iopath.jmc;

/** The classes that JMC makes rules of, a {@link Family} each: a service has to have a class of its own. */
public final class FindingRules {

    private FindingRules() {}

    /** Loops that the application has written itself. */
    public static final class CopyLoops extends FindingRule {
        /** Made by JMC. */
        public CopyLoops() {
            super(Family.LOOPS);
        }
    }

    /** Channels that hide a kernel channel. */
    public static final class Wrappers extends FindingRule {
        /** Made by JMC. */
        public Wrappers() {
            super(Family.WRAPPERS);
        }
    }

    /** Files opened with APPEND, the JVM-wide consequence included. */
    public static final class AppendTargets extends FindingRule {
        /** Made by JMC. */
        public AppendTargets() {
            super(Family.APPEND);
        }
    }

    /** Transfers that the kernel has refused. */
    public static final class RefusedTransfers extends FindingRule {
        /** Made by JMC. */
        public RefusedTransfers() {
            super(Family.REFUSED);
        }
    }

    /** What TLS in the JVM copies. */
    public static final class Tls extends FindingRule {
        /** Made by JMC. */
        public Tls() {
            super(Family.TLS);
        }
    }

    /** Pairs of ends between which the JDK has no way in the kernel. */
    public static final class MissingPaths extends FindingRule {
        /** Made by JMC. */
        public MissingPaths() {
            super(Family.MISSING);
        }
    }

    /** Calls that find nothing to do. */
    public static final class Spins extends FindingRule {
        /** Made by JMC. */
        public Spins() {
            super(Family.SPINS);
        }
    }

    /** Calls that Linux has cut at what it moves at once. */
    public static final class CutCalls extends FindingRule {
        /** Made by JMC. */
        public CutCalls() {
            super(Family.CUT);
        }
    }

    /** Writes that took less than the JDK had copied for them. */
    public static final class PartialWrites extends FindingRule {
        /** Made by JMC. */
        public PartialWrites() {
            super(Family.PARTIAL);
        }
    }

    /** Operations that cost more than the bytes they move. */
    public static final class SmallOperations extends FindingRule {
        /** Made by JMC. */
        public SmallOperations() {
            super(Family.SMALL);
        }
    }

    /** What iopath itself did not see. */
    public static final class Coverage extends FindingRule {
        /** Made by JMC. */
        public Coverage() {
            super(Family.COVERAGE);
        }
    }

    /** Every finding that no other rule tells. */
    public static final class Others extends FindingRule {
        /** Made by JMC. */
        public Others() {
            super(Family.OTHERS);
        }
    }
}
