/** Which methods are woven and how: the only package that knows Byte Buddy. */
@NullMarked
package iopath.agent.instrument;

import org.jspecify.annotations.NullMarked;
