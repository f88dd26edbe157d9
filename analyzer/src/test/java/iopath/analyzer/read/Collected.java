package iopath.analyzer.read;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.ContentLook;
import iopath.analyzer.event.EventSink;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import java.util.ArrayList;
import java.util.List;

/** Keeps all events. */
final class Collected implements EventSink {
    final List<String> files = new ArrayList<>();
    final List<TransferTotals> transfers = new ArrayList<>();
    final List<TransferSample> samples = new ArrayList<>();
    final List<IoTotals> io = new ArrayList<>();
    final List<ContentLook> looks = new ArrayList<>();
    final List<HookStatus> hooks = new ArrayList<>();
    final List<AgentState> agents = new ArrayList<>();
    final List<Jvm> jvms = new ArrayList<>();

    @Override
    public void file(String name) {
        files.add(name);
    }

    @Override
    public void transfer(TransferTotals totals) {
        transfers.add(totals);
    }

    @Override
    public void sample(TransferSample sample) {
        samples.add(sample);
    }

    @Override
    public void io(IoTotals totals) {
        io.add(totals);
    }

    @Override
    public void look(ContentLook look) {
        looks.add(look);
    }

    @Override
    public void hook(HookStatus hook) {
        hooks.add(hook);
    }

    @Override
    public void agent(AgentState agent) {
        agents.add(agent);
    }

    @Override
    public void jvm(Jvm jvm) {
        jvms.add(jvm);
    }

    long bytes() {
        return transfers.stream().mapToLong(TransferTotals::bytes).sum();
    }
}
