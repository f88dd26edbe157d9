/** Profiles as text and JSON; knows no events. */
@NullMarked
package iopath.analyzer.render;

import org.jspecify.annotations.NullMarked;
