/** Rules for JDK Mission Control: the findings of the analyzer, over events that JMC has parsed. */
@NullMarked
package iopath.jmc;

import org.jspecify.annotations.NullMarked;
