/** Files, sockets and pipes: from a descriptor to a row of the endpoint table. */
@NullMarked
package iopath.agent.endpoint;

import org.jspecify.annotations.NullMarked;
