package iopath.analyzer.event;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a transfer: between which ends it went, how, and why so.
 *
 * @param path how the bytes travelled, a word of the contract
 * @param reason why they did not stay in the kernel; {@code none} where they did
 * @param detail what the reason names, or {@code null}
 * @param evidence how it is known that what was written is what was read
 * @param cpuCopies CPU copies of each byte, those of the application included
 * @param applicationCopies of these, copies that the application was seen to make
 */
public record Route(
        Endpoint source,
        Endpoint sink,
        String path,
        String reason,
        @Nullable String detail,
        String evidence,
        int cpuCopies,
        int applicationCopies) {}
