package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final Events events = new Events();

    @Test
    void noEventIsNotTakenForNoBytes() {
        assertThat(events.profile().verdict()).startsWith("Nothing is known").contains("no iopath event");
        assertThat(new Events().agent(1, 0, 0, 0, 0).profile().verdict())
                .isEqualTo("The agent was there, and saw no bytes move.");
    }

    @Test
    void aRunWithoutHooksIsNotTakenForNoBytes() {
        events.agent(1, 0, 0, 0, 0).hook("sun.nio.ch.IOUtil.read", "failed", "no room");
        assertThat(events.profile().verdict())
                .isEqualTo("Nothing is known about this application's I/O: the agent was there, but none of its hooks"
                        + " was in (sun.nio.ch.IOUtil.read: no room).");
    }

    @Test
    void aFailureOfAHookMakesAllSumsLowerBounds() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 1_000_000)
                .suppressed("sun.nio.ch.IOUtil.read", "java.lang.StackOverflowError", 3)
                .suppressed("sun.nio.ch.IOUtil.read", "java.lang.StackOverflowError", 4);
        assertThat(events.profile().verdict())
                .isEqualTo("All of the 1.00 MB that went between files and sockets stayed in the kernel; all sums are a"
                        + " lower bound, as hooks failed in 7 calls.");
        assertThat(events.profile().findings()).extracting(Finding::code).contains("hook-threw");
    }

    @Test
    void bytesOfTheApplicationAreNotTransfers() {
        events.transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000);

        assertThat(events.profile().verdict())
                .isEqualTo("5.00 MB was written to sockets: none of it is known to have come from elsewhere; 5.00 MB"
                        + " came out of the application's memory, and where it was before that is not known.");
    }

    @Test
    void zerosThatNobodyCanTellAreNotSaidToBeTheApplications() {
        events.transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000)
                .blindLook(5_000_000, 1_000);

        assertThat(events.profile().verdict())
                .isEqualTo("5.00 MB was written to sockets: none of it is known to have come from elsewhere; 5.00 MB"
                        + " came out of the application's memory, whose content cannot be told from any other: where it"
                        + " was before is not known.");
    }

    @Test
    void whatNobodyLookedAtIsNotSaidToBeUndecidable() {
        events.transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000)
                .blindLook(5_000_000, 0);

        assertThat(events.profile().verdict())
                .endsWith("whose content was not looked at: where it was before is not known.");
    }

    @Test
    void whatWasLookedAtAndNotFoundIsSaidSo() {
        events.transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000)
                .look(5_000_000, 1_000, 0);

        assertThat(events.profile().verdict())
                .endsWith("and none of it was found to be read elsewhere where its content told.");
    }

    @Test
    void bytesThatWereOnlyReadAreNotSaidToBeWritten() {
        events.transfer("socket:s > memory", "heap", "none", "none", 2, 5_000_000);

        assertThat(events.profile().verdict())
                .isEqualTo("No bytes are known to have gone from one file, socket or pipe to another; the application"
                        + " itself read or wrote 5.00 MB.");
    }

    @Test
    void aSmallProvenShareDoesNotSpeakForAll() {
        events.transfer("file:/a > file:/b", "sendfile", "none", "kernel", 0, 1_900)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 174_000_000)
                .transfer("memory > socket:s", "direct", "modified", "none", 1, 1_000_000)
                .transfer("memory > socket:s", "direct", "none", "tls-framing", "none", 1, 2_000, 2, 2);

        assertThat(events.profile().verdict())
                .isEqualTo("175 MB was written to files and sockets: 1.90 kB of it (less than 1 %) is known to have"
                        + " come from files, in the kernel; 174 MB came out of the application's memory, and where it"
                        + " was before that is not known; 1.00 MB had been changed since it was read; 2.00 kB was"
                        + " added by TLS.");
    }

    @Test
    void halfIsEnoughToSpeakOfWhatIsProven() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 1_000)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 1_000);
        assertThat(events.profile().verdict()).startsWith("All of the 1.00 kB");

        events.transfer("memory > socket:s", "heap", "none", "none", 2, 1);
        assertThat(events.profile().verdict()).startsWith("2.00 kB was written to sockets: 1.00 kB of it (50 %)");
    }

    @Test
    void anEstimateOfNothingKeepsItsUpperEnd() {
        events.transfer("file:/a > socket:s", "heap", "stream-loop", "same-bytes", 5, 1_000)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 10_000_000)
                .look(1_000, 1_000, 1_000)
                .look(10_000_000, 1_000, 0);

        assertThat(events.profile().verdict()).contains("an estimated 0 B (0 B to 10.0 MB) of it copied there");
    }

    @Test
    void allInTheKernelIsSaidOfAllOnly() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 999_999_999);
        assertThat(events.profile().verdict())
                .isEqualTo("All of the 1.00 GB that went between files and sockets stayed in the kernel.");

        events.transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 1);
        assertThat(events.profile().verdict())
                .isEqualTo("More than 99 % of 1.00 GB that went between files and sockets stayed in the kernel; less"
                        + " than 1 % was copied through user space, all of it heap (read-write-loop).");
    }

    @Test
    void whatSomeLooksHaveFoundIsNotTakenForAll() {
        events.transfer("file:/a > socket:s", "heap", "stream-loop", "same-bytes", 5, 3_000)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 3_000_000)
                .look(1_001_000, 1_000, 1_000)
                .look(1_001_000, 1_000, 1_000)
                .look(1_001_000, 1_000, 1_000);

        assertThat(events.profile().verdict())
                .isEqualTo("3.00 MB was written to sockets: 3.00 kB of it (less than 1 %) is known to have come from"
                        + " files, copied through user space, all of it heap (stream-loop); 3.00 MB came out of the"
                        + " application's memory, an estimated 3.00 MB (3.00 MB to 3.00 MB) of it copied there from"
                        + " files.");
    }

    @Test
    void theCodeThatCopiesMostIsNamed() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 620)
                .transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 380)
                .sample("a.Kernel.x:1", "file:/a > socket:s", "sendfile", "none", 5_000, 1, 0)
                .sample("a.Big.x:1", "file:/a > socket:s", "heap", "read-write-loop", 300, 2, 0)
                .sample("a.Small.x:1", "file:/a > socket:s", "heap", "read-write-loop", 100, 3, 0);

        assertThat(events.profile().verdict())
                .isEqualTo(
                        "62 % of 1.00 kB that went between files and sockets stayed in the kernel; 38 % was copied"
                                + " through user space, most of it by a.Big.x:1 (heap, read-write-loop, 4 copies of each byte).");
    }

    @Test
    void theApplicationIsNamedAndTheLibraryThatWritesForIt() {
        events.jvm("17.0.15", 1, "demo.App")
                .transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 60_000_000)
                .sample(
                        List.of("demo.App.download:23", "org.apache.tomcat.util.net.NioChannel.write:122"),
                        "org.apache.tomcat.util.net.NioChannel.write:122",
                        "file:/a > socket:s",
                        "heap",
                        "read-write-loop",
                        60_000_000,
                        1,
                        0);

        assertThat(events.profile().verdict())
                .isEqualTo(
                        "All of the 60.0 MB that went between files and sockets was copied through user space, all of"
                                + " it by demo.App.download:23 through org.apache.tomcat.util.net.NioChannel.write:122 (heap,"
                                + " read-write-loop, 4 copies of each byte).");
    }

    @Test
    void whatIsNotProvenIsNotCountedAndNotHidden() {
        events.transfer("file:/a > file:/b", "heap", "stream-loop", "same-buffer", 4, 100)
                .transfer("file:/a > socket:s", "heap", "unknown", "same-thread", 4, 200)
                .transfer("memory > pipe:p", "unknown", "unknown", "none", 0, 300)
                .warning("a.jfr: chunk 2 is lost");

        assertThat(events.profile().verdict())
                .isEqualTo("600 B was written to files, pipes and sockets: 100 B of it (17 %) is known to have come"
                        + " from files, copied through user space, all of it heap (stream-loop); 300 B went a way"
                        + " that is not known; 200 B is linked to a read by order and sizes alone; not counted: what"
                        + " of the recording could not be read.");
    }

    @Test
    void aProvenTransferOnAnUnknownPathIsNeitherKernelNorCopy() {
        events.transfer("file:/a > socket:s", "unknown", "unknown", "same-call", 0, 100)
                .transfer("file:/a > pipe:p", "sendfile", "none", "kernel", 0, 300);

        assertThat(events.profile().verdict())
                .isEqualTo("75 % of 400 B that went between files, pipes and sockets stayed in the kernel; 25 % went a"
                        + " way that is not known.");
    }
}
