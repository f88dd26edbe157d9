/** Pure judgement: whether a profile holds what a file of rules, or an earlier profile, asks of it. */
@NullMarked
package iopath.analyzer.gate;

import org.jspecify.annotations.NullMarked;
