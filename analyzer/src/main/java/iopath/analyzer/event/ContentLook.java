package iopath.analyzer.event;

/**
 * What one {@code iopath.Content} event adds: what a look at some of the content has shown. All numbers are bytes.
 *
 * @param sink kind of the endpoints written to
 * @param written out of memory of unknown origin, those found below included
 * @param looked of these, compared with what had been read
 * @param fromFiles found to be what files brought
 * @param fromSockets found to be what sockets brought
 * @param fromPipes found to be what pipes brought
 * @param fromNone looked at, and brought by no read that was noted
 */
public record ContentLook(
        String sink, long written, long looked, long fromFiles, long fromSockets, long fromPipes, long fromNone) {}
