package iopath.benchmarks;

import java.util.List;

/**
 * One benchmark with its parameter, as a row of a table.
 *
 * @param text what it does
 * @param method class and method of this package
 * @param buffer value of the parameter {@code buffer}, or empty where there is none
 */
record Operation(String text, String method, String buffer) {

    /** What an application does; measured in every mode. */
    static List<Operation> calls() {
        return List.of(
                new Operation("FileChannel.read 4 KiB, direct", "FileRead.read", "direct"),
                new Operation("FileChannel.read 4 KiB, heap", "FileRead.read", "heap"),
                new Operation("SocketChannel.write 4 KiB, direct", "SocketWrite.write", "direct"),
                new Operation("SocketChannel.write 4 KiB, heap", "SocketWrite.write", "heap"),
                new Operation("read + write 4 KiB, direct", "CopyLoop.copy", "direct"),
                new Operation("read + write 4 KiB, heap", "CopyLoop.copy", "heap"),
                new Operation("transferTo 64 KiB to a socket", "TransferTo.transferTo", ""),
                new Operation("SSLEngine.wrap 16 KiB, heap", "TlsWrap.wrap", "heap"));
    }

    /** What the agent does about them; needs the agent. The first two are the base lines of the others. */
    static List<Operation> hooks() {
        return List.of(
                new Operation("no hook, direct", "HotPath.nothing", "direct"),
                new Operation("no hook, heap", "HotPath.nothing", "heap"),
                new Operation("hook of a read, direct", "HotPath.read", "direct"),
                new Operation("hook of a read, heap", "HotPath.read", "heap"),
                new Operation("hooks of a socket write, not linked, direct", "HotPath.writeOwn", "direct"),
                new Operation("hooks of a socket write, not linked, heap", "HotPath.writeOwn", "heap"),
                new Operation("hooks of a read and a linked write, direct", "HotPath.readThenWrite", "direct"),
                new Operation("hooks of a read and a linked write, heap", "HotPath.readThenWrite", "heap"),
                new Operation("hooks of a transferTo", "HotPath.transferTo", "direct"));
    }

    /** What these consist of; needs the agent, and measures the same in every mode. */
    static List<Operation> parts() {
        return List.of(
                new Operation("System.nanoTime", "Tables.nanoTime", "direct"),
                new Operation("Memory.of, direct", "Tables.memory", "direct"),
                new Operation("Memory.of, heap", "Tables.memory", "heap"),
                new Operation("Cells.add", "Tables.cellsAdd", "direct"),
                new Operation("LinkTable.read, direct", "Tables.linkRead", "direct"),
                new Operation("LinkTable.read, heap", "Tables.linkRead", "heap"),
                new Operation("LinkTable.write, no link, direct", "Tables.linkWriteOwn", "direct"),
                new Operation("LinkTable.write, no link, heap", "Tables.linkWriteOwn", "heap"),
                new Operation("LinkTable.read, then write, direct", "Tables.linkReadThenWrite", "direct"),
                new Operation("LinkTable.read, then write, heap", "Tables.linkReadThenWrite", "heap"));
    }
}
