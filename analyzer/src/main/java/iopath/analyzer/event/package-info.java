/** What the agent's events say, as plain values: the border between reading a recording and summing it up. */
@NullMarked
package iopath.analyzer.event;

import org.jspecify.annotations.NullMarked;
