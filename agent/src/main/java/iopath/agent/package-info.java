/** iopath. */
@org.jspecify.annotations.NullMarked
package iopath.agent;
