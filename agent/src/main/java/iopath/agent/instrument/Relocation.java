package iopath.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * Where a copy of a library lies: some applications and libraries put those that they use into packages of their own.
 *
 * <p>Such a copy keeps the end of each name. {@code io.netty.channel.Channel} may be {@code
 * a.shaded.io.netty.channel.Channel} or {@code a.netty.channel.Channel}: the first package alone may be replaced.
 *
 * @param from how names of the library begin, such as {@code io/netty/}
 * @param to how names of the copy begin, such as {@code a/shaded/io/netty/}
 */
record Relocation(String from, String to) {

    /** The library where its makers have put it. */
    static final Relocation NONE = new Relocation("", "");

    /** Where the class {@code name} lies if it is a copy of {@code original}, else {@code null}; both with slashes. */
    static @Nullable Relocation of(String original, String name) {
        int first = original.indexOf('/') + 1;
        int second = original.indexOf('/', first) + 1;
        int kept = original.length() - first;
        int begin = name.length() - kept;
        if (!isCopy(original, name)) {
            return null;
        }
        return new Relocation(original.substring(0, second), name.substring(0, begin + second - first));
    }

    /** Whether {@code name} may be a copy of {@code original}. Allocates nothing: each class that loads is asked about. */
    static boolean isCopy(String original, String name) {
        int first = original.indexOf('/') + 1;
        int kept = original.length() - first;
        int begin = name.length() - kept;
        return begin > 0 && name.charAt(begin - 1) == '/' && name.regionMatches(begin, original, first, kept);
    }

    /** The name of the copy of a class. */
    String type(String original) {
        return original.startsWith(dotted(from)) ? dotted(to) + original.substring(from.length()) : original;
    }

    /** A descriptor with the copies of the library's classes. */
    String descriptor(String original) {
        return from.isEmpty() ? original : original.replace('L' + from, 'L' + to);
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }
}
