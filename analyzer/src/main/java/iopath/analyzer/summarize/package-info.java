/** Pure sums and rules: from events to a profile, what it means, and what to do about it. */
@NullMarked
package iopath.analyzer.summarize;

import org.jspecify.annotations.NullMarked;
