package iopath.jmc;

import iopath.analyzer.event.Decoder;
import iopath.analyzer.event.Reading;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.IType;

/** A recording that JMC has open, summed up as the analyzer does it. */
final class ParsedRecording {
    private final Tally tally = new Tally();
    private final Decoder decoder = new Decoder(tally);
    private long startNanos = Long.MAX_VALUE;
    private long endNanos = Long.MIN_VALUE;
    private long refused;

    private ParsedRecording() {}

    /** What the events say; all events of a collection count as one file. */
    static Profile profile(IItemCollection items) {
        ParsedRecording recording = new ParsedRecording();
        for (IItemIterable itemsOfOneType : items) {
            recording.add(itemsOfOneType);
        }
        return recording.tally.profile(recording.reading());
    }

    private void add(IItemIterable items) {
        IType<IItem> type = items.getType();
        if (!decoder.names().contains(type.getIdentifier())) {
            return;
        }
        Fields fields = new Fields(type);
        for (IItem item : items) {
            try {
                Fields.OfItem ofItem = fields.of(item);
                decoder.decode(type.getIdentifier(), ofItem);
                startNanos = Math.min(startNanos, ofItem.startNanos());
                endNanos = Math.max(endNanos, ofItem.startNanos());
            } catch (IllegalArgumentException notWhatItsNamePromises) {
                refused++;
            }
        }
    }

    private Reading reading() {
        List<String> warnings = new ArrayList<>();
        if (decoder.takeLostBytes() > 0) {
            warnings.add(Decoder.EVENTS_LOST);
        }
        if (refused > 0) {
            warnings.add(refused + " events could not be read");
        }
        boolean empty = startNanos > endNanos;
        return new Reading(List.of(), empty ? 0 : startNanos, empty ? 0 : endNanos, warnings, List.of());
    }
}
