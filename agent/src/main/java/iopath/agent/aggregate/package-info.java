/** Exact totals, kept by each thread, summed at drain. */
@NullMarked
package iopath.agent.aggregate;

import org.jspecify.annotations.NullMarked;
