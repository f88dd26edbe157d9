package iopath.agent.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class with hooks in it.
 *
 * @param bytes the class file, {@code null} if it has none of the methods
 * @param there the hooks whose methods it has
 */
record Weave(byte @Nullable [] bytes, List<Hook> there) {}
