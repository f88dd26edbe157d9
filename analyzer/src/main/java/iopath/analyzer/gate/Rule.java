package iopath.analyzer.gate;

/** Something that a profile either holds or breaks. */
public interface Rule {

    /** Judges; the outcome carries the rule in words. */
    Outcome check(Subject subject);
}
