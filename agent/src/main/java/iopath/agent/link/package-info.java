/** Which read filled the memory that a write sends. */
@NullMarked
package iopath.agent.link;

import org.jspecify.annotations.NullMarked;
