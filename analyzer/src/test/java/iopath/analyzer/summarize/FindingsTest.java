package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import iopath.analyzer.summarize.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {
    private final Events events = new Events();

    @ParameterizedTest
    @CsvSource({
        "read-write-loop, , transferTo",
        "stream-loop, , Files.newInputStream",
        "wrapped-channel, com.example.Wrapper, The wrapper is com.example.Wrapper",
        "wrapped-channel, java.nio.channels.Channels$WritableByteChannelImpl, Channels.newChannel",
        "wrapped-channel, io.netty.channel.epoll.AbstractEpollStreamChannel$EpollSocketWritableByteChannel, DefaultFileRegion",
        "append-target, , Open the target with WRITE",
        "kernel-refused, , file systems",
        "kernel-refused, cross-device, source.transferTo",
        "tls, , the cipher",
        "no-jdk-path, , source.transferTo"
    })
    void noReasonIsWithoutAFix(String reason, String detail, String fix) {
        events.transfer("file:/a > socket:s", "heap", reason, detail, "same-call", 4, 1000, 2, 2)
                .sample("a.B.c:1", "file:/a > socket:s", "heap", reason, 0, 1, 0);

        assertThat(events.profile().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(reason);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.bytes()).isEqualTo(1000);
            assertThat(finding.sentence()).contains("1.00 kB").contains("Seen at a.B.c:1");
            assertThat(finding.fix()).contains(fix);
            if (reason.equals("wrapped-channel")) {
                assertThat(finding.sentence()).contains(detail);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "heap, same-call, transferFrom(socket)",
        "heap, same-buffer, fewest copies",
        "direct, same-buffer, the fewest copies that the JDK offers"
    })
    void aLoopOfTheApplicationsOwnIsNotToldToReplaceACallThatItDoesNotMake(String path, String evidence, String fix) {
        events.transfer("socket:s > socket:t", path, "no-jdk-path", evidence, 2, 1000);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .contains(fix);
        if (!evidence.equals("same-call")) {
            assertThat(events.profile().findings().get(0).fix()).doesNotContain("transferFrom");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modified", "not-a-regular-file", "small-transfer"})
    void whatCannotBeMendedIsNoWarning(String reason) {
        events.transfer("file:/a > socket:s", "heap", reason, "same-call", 4, 1000);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::code, Finding::severity)
                .containsExactly(reason, Severity.INFO);
    }

    @Test
    void contentThatIsKeptAndSentAgainIsNotCalledALoop() {
        events.transfer("file:/a > socket:s", "direct", "read-write-loop", "sent-again", "same-buffer", 1, 1000, 2, 2);

        assertThat(events.profile().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("sent-again");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.fix()).startsWith("None where the content is cached on purpose.");
        });
    }

    @Test
    void modifiedBytesThatEndInMemoryAreTold() {
        events.transfer("memory > socket:s", "heap", "modified", "none", 2, 1000);

        assertThat(codes()).containsExactly("modified");
    }

    @Test
    void theAppendThatPoisonedTheJvmIsTold() {
        events.transfer("file:/a > file:/b", "mapped", "kernel-refused", "poisoned", "same-call", 1, 1000, 1, 1);

        assertThat(events.profile().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("JDK 25 has no such switch"))
                .extracting(Finding::code)
                .isEqualTo("poisoned");
    }

    @Test
    void aLoopFromASocketIsNotToldToUseTransferTo() {
        events.transfer("socket:s > file:/a", "heap", "read-write-loop", "same-buffer", 4, 1000);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .doesNotContain("transferTo");
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.tomcat.util.net.Nio2Endpoint$Nio2SocketWrapper.doWrite, Http11NioProtocol",
        "io.undertow.server.protocol.http.HttpResponseConduit.write, transferMinSize",
        "org.eclipse.jetty.io.SocketChannelEndPoint.flush, minMappedFileSize",
        "io.netty.buffer.PooledByteBuf.readBytes, DefaultFileRegion",
        "io.vertx.core.net.impl.VertxConnection.sendFile, HttpServerResponse.sendFile",
        "org.apache.hadoop.hdfs.server.datanode.BlockSender.sendPacket, dfs.datanode.transferTo.allowed",
        "org.apache.rocketmq.remoting.netty.FileRegionEncoder.encode, sendfile",
        "okhttp3.internal.http1.Http1ExchangeCodec.flush, Okio"
    })
    void aServersOwnSettingIsNamedWhereItsCodeIsTheLoop(String method, String setting) {
        events.transfer("file:/a > socket:s", "direct", "read-write-loop", "same-buffer", 2, 1000)
                .sample(method + ":7", "file:/a > socket:s", "direct", "read-write-loop", 1000, 1, 0);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .contains(setting)
                .doesNotContain("Where the bytes are passed on unchanged, call");
    }

    /** A download by Tomcat beside an upload that is copied to its place: one answer for both is wrong for each. */
    @Test
    void aDownloadKeepsItsOwnAdviceBesideAnUpload() {
        events.jvm("17.0.15", 1, "demo.App")
                .transfer("file:/a > socket:s", "heap", "stream-loop", "same-buffer", 4, 60_000_000)
                .sample(
                        List.of("demo.App.download:23", "org.apache.tomcat.util.net.NioChannel.write:122"),
                        "org.apache.tomcat.util.net.NioChannel.write:122",
                        "file:/a > socket:s",
                        "heap",
                        "stream-loop",
                        60_000_000,
                        1,
                        0)
                .transfer("file:/tmp/part > file:/b", "heap", "stream-loop", "same-buffer", 4, 70_000_000)
                .sample("demo.App.keep:31", "file:/tmp/part > file:/b", "heap", "stream-loop", 70_000_000, 2, 0)
                .transfer("socket:s > file:/tmp/part", "heap", "no-jdk-path", "same-buffer", 4, 70_000_000)
                .sample(
                        List.of(
                                "demo.App.upload:40",
                                "org.apache.catalina.connector.Request.parseParts:2",
                                "org.apache.tomcat.util.http.fileupload.util.Streams.copy:98"),
                        "org.apache.tomcat.util.http.fileupload.util.Streams.copy:98",
                        "socket:s > file:/tmp/part",
                        "heap",
                        "no-jdk-path",
                        70_000_000,
                        3,
                        0);

        List<Finding> findings = events.profile().findings();

        assertThat(findings)
                .extracting(Finding::code, Finding::source, Finding::sink, Finding::bytes)
                .containsExactly(
                        tuple("no-jdk-path", "socket", "file", 70_000_000L),
                        tuple("stream-loop", "file", "file", 70_000_000L),
                        tuple("stream-loop", "file", "socket", 60_000_000L));
        assertThat(findings.get(0).sentence())
                .contains(
                        "Seen at demo.App.upload:40, by org.apache.tomcat.util.http.fileupload.util.Streams.copy:98.");
        assertThat(findings.get(1).sentence()).contains("Seen at demo.App.keep:31.");
        assertThat(findings.get(1).fix()).contains("Open both ends as channels").doesNotContain("Tomcat");
        assertThat(findings.get(2).sentence())
                .contains("Seen at demo.App.download:23, by org.apache.tomcat.util.net.NioChannel.write:122.");
        assertThat(findings.get(2).fix()).contains("Http11NioProtocol");
        assertThat(findings).extracting(Finding::places).allMatch(places -> places.size() == 1);
    }

    @Test
    void aFlowOfWhichThereIsLittleIsNoWarningBesideOneOfWhichThereIsMuch() {
        events.transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 10_000_000)
                .transfer("file:/a > file:/b", "heap", "read-write-loop", "same-buffer", 4, 10_000);

        assertThat(events.profile().findings())
                .extracting(Finding::sink, Finding::severity)
                .containsExactly(tuple("socket", Severity.WARNING), tuple("file", Severity.INFO));
    }

    @Test
    void whatCallsATransportIsToldOfTheTransport() {
        events.transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 1000)
                .sample(
                        List.of(
                                "java.lang.Thread.run",
                                "org.eclipse.jetty.Outer.run:1",
                                "com.example.Handler.read:2",
                                "io.netty.handler.stream.ChunkedFile.readChunk:3",
                                "java.io.RandomAccessFile.readFully"),
                        "com.example.Handler.read:2",
                        "file:/a > socket:s",
                        "heap",
                        "read-write-loop",
                        0,
                        1,
                        0);

        assertThat(events.profile().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.sentence()).contains("Seen at com.example.Handler.read:2.");
            assertThat(finding.fix()).contains("DefaultFileRegion").doesNotContain("Jetty");
        });
    }

    @Test
    void aServerOfTheJdkHasNoFrameOfItsOwnAndIsStillNamed() {
        events.transfer("file:/a > socket:s", "heap", "stream-loop", "same-buffer", 4, 1000)
                .sample(
                        List.of("sun.net.httpserver.ServerImpl$Exchange.run", "java.io.InputStream.transferTo"),
                        null,
                        "file:/a > socket:s",
                        "heap",
                        "stream-loop",
                        0,
                        1,
                        0);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .contains("jwebserver");
    }

    @Test
    void aRefusalWithANamedCauseIsNotExplainedByALibrary() {
        events.transfer("file:/a > file:/b", "mapped", "kernel-refused", "cross-device", "same-call", 1, 1000, 1, 1)
                .sample("org.apache.spark.A.b:1", "file:/a > file:/b", "mapped", "kernel-refused", 1000, 1, 0);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .contains("different file systems");
    }

    @ParameterizedTest
    @CsvSource({
        "file:/a > socket:s, tls, org.apache.kafka.common.network.SslTransportLayer.flush, PLAINTEXT",
        "file:/a > socket:s, tls, io.netty.buffer.UnpooledDirectByteBuf.getBytes, ChunkedNioFile",
        "socket:s > file:/a, no-jdk-path, org.apache.kafka.common.record.MemoryRecords.writeFullyTo, batch.size"
    })
    void aServersOwnSettingIsNamedWhereNoLoopIs(String route, String reason, String method, String setting) {
        events.transfer(route, "heap", reason, "same-buffer", 2, 1000)
                .sample(method + ":7", route, "heap", reason, 1000, 1, 0);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .contains(setting);
    }

    @Test
    void aServerThatPassesOnWhatASocketBroughtIsNotToldOfFiles() {
        events.transfer("socket:/a > file:s", "direct", "read-write-loop", "same-buffer", 2, 1000)
                .sample("io.netty.A.b:7", "socket:/a > file:s", "direct", "read-write-loop", 1000, 1, 0);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::fix)
                .asString()
                .doesNotContain("DefaultFileRegion");
    }

    @Test
    void fewBytesAreNothingToBeWarnedOf() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 1_000_000)
                .transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 1_000);

        assertThat(events.profile().findings())
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.INFO);
    }

    @Test
    void whatLooksDidNotReachIsNotTakenForHarmless() {
        events.transfer("file:/a > socket:s", "heap", "stream-loop", "same-bytes", 5, 1_000)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 10_000_000)
                .look(5_000_000, 1_000, 1_000)
                .look(5_000_000, 1_000, 0);

        assertThat(events.profile().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.bytes()).isEqualTo(1_000);
            assertThat(finding.sentence()).contains("Up to 10.0 MB more may have gone so.");
        });
    }

    @Test
    void aPlainProfileHasNoFindings() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 1_000_000)
                .transfer("socket:s > memory", "heap", "none", "none", 2, 1_000_000)
                .io("socket:s", "read", "heap", 1_000_000, 400, 800);

        assertThat(events.profile().findings()).isEmpty();
    }

    @Test
    void callsThatFindNothingToDoAreASpinOnlyWhenTheyAreManyForOne() {
        events.io("socket:s", "read", "direct", 1_000_000, 10_000, 20_000);
        assertThat(codes()).doesNotContain("would-block");

        events.io("socket:s", "write", "direct", 1_000_000, 10_000, 200_000);
        assertThat(codes()).contains("would-block");
    }

    @Test
    void aTransferThatSpinsIsToldOnce() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "would-block", "kernel", 0, 0, 0, 100_000)
                .io("socket:s", "write", "kernel", 1_000, 10, 100_000);

        assertThat(codes()).containsOnlyOnce("would-block");
    }

    @Test
    void whatTheJdkCopiedForCallsThatTookLittleIsToldWithAPieceToWriteAtATime() {
        events.copiedInVain("memory > socket:s", "heap", 2, 33_000_000, 4_000_000_000L)
                .io("socket:s", "write", "heap", 33_000_000, 400, 600)
                .sample("a.B.c:1", "memory > socket:s", "heap", "none", 0, 1, 0);

        Profile profile = events.profile();

        assertThat(profile.summary().copied()).isEqualTo(4_066_000_000L);
        assertThat(profile.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("partial-heap-writes");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.bytes()).isEqualTo(33_000_000);
            assertThat(finding.sentence())
                    .contains("4.00 GB")
                    .contains("33.0 MB")
                    .contains("Seen at a.B.c:1");
            assertThat(finding.fix()).startsWith("Write at most 64 KiB at a time");
        });
    }

    @Test
    void aFewPartialWritesAreNothingToTell() {
        events.copiedInVain("memory > socket:s", "heap", 2, 33_000_000, 32_000_000)
                .copiedInVain("memory > pipe:p", "heap", 2, 100, 2_000);

        assertThat(codes()).isEmpty();
    }

    @Test
    void aLoopAtTheEndOfAFileThatWasCutIsToldOnceAndIsNoFullSocket() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 700_000)
                .transfer("file:/a > socket:s", "sendfile", "none", "end-of-file", "kernel", 0, 0, 0, 40_000)
                .sample("a.B.c:1", "file:/a > socket:s", "sendfile", "none", 0, 1, 0)
                .io("file:/a", "read", "kernel", 700_000, 1, 40_002)
                .io("socket:s", "write", "kernel", 700_000, 1, 40_002);

        assertThat(events.profile().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("end-of-file");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.bytes()).isEqualTo(700_000);
            assertThat(finding.sentence()).contains("40000 calls").contains("Seen at a.B.c:1");
            assertThat(finding.fix()).contains("FileChannel.size()");
        });
    }

    @Test
    void readsAtTheEndOfAFileAreNotBlocked() {
        events.io("file:/a", "read", "heap", 1_000_000, 10, 20_000);

        assertThat(codes()).containsExactly("end-of-file");
    }

    @Test
    void aCallThatLinuxCutIsTold() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "cut-at-limit", "kernel", 0, 2_147_479_552L, 1, 1)
                .transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 1_000_000_000);

        assertThat(events.profile().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("cut-at-limit");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.sentence()).contains("2,147,479,552");
        });
    }

    @Test
    void smallOperationsAreToldOnlyIfTheyAreMany() {
        events.io("file:/a", "read", "heap", 512 * 999, 999, 999);
        assertThat(codes()).isEmpty();

        events.io("file:/a", "read", "heap", 512, 1, 1);
        assertThat(codes()).containsExactly("small-reads");
    }

    @Test
    void nothingThatIsNotSeenIsKeptQuiet() {
        events.transfer("memory > socket:s", "unknown", "unknown", "none", 0, 10)
                .transfer("file:/a > socket:s", "heap", "unknown", "same-thread", 4, 10)
                .hook("a.B.c", "failed", "x")
                .hook("a.B.d", "absent", "x")
                .agent(1, 0, 0, 0, 0)
                .agent(1, 1, 1, 1, 1)
                .warning("cut");

        assertThat(codes())
                .contains(
                        "unknown-path",
                        "inferred",
                        "hook-failed",
                        "hook-absent",
                        "links-lost",
                        "rows-folded",
                        "samples-dropped",
                        "damaged-recording");
    }

    private List<String> codes() {
        return events.profile().findings().stream().map(Finding::code).toList();
    }
}
