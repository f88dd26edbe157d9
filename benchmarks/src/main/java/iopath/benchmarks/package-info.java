/** What the agent costs: one operation at a time, and a process as a whole. */
@NullMarked
package iopath.benchmarks;

import org.jspecify.annotations.NullMarked;
