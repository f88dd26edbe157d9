/** What the bytes of a profile cost in CPU time, by what was measured on a host: pure arithmetic over two inputs. */
@NullMarked
package iopath.analyzer.price;

import org.jspecify.annotations.NullMarked;
