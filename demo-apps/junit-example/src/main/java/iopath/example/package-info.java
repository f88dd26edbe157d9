/** A file server of a few lines, to show how a test holds it to its path. */
@NullMarked
package iopath.example;

import org.jspecify.annotations.NullMarked;
