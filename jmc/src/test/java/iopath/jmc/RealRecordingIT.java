package iopath.jmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.IState;
import org.openjdk.jmc.common.item.Aggregators;
import org.openjdk.jmc.common.item.Attribute;
import org.openjdk.jmc.common.item.IAccessorKey;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.item.PersistableItemFilter;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.StateToolkit;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.report.html.JfrHtmlRulesReport;
import org.owasp.encoder.Encode;

/** The rules and the pages, over what the agent really writes. */
class RealRecordingIT {
    private static final long DEMO_BYTES = 64 << 20;

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private static Path recording;

    @BeforeAll
    static void record() throws Exception {
        recording = RealRecording.in(folder);
    }

    @Test
    void theLoopIsAWarningWithItsSiteInJmcsOwnReport() throws Exception {
        Results results = Results.of(recording);

        assertThat(results.of("loops").getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(results.score("loops")).isBetween(99.9, 100.0);
        assertThat(results.of("loops").getSummary())
                .isEqualTo("67.1 MB went from file to socket on the path heap because the application reads into a"
                        + " buffer and writes the buffer out. Seen at iopath.demo.LoopHeap.send:17.");
        assertThat(JfrHtmlRulesReport.createReport(Results.items(recording)))
                .contains(results.of("loops").getSummary())
                .contains(Encode.forHtml(results.of("loops").getSolution()))
                .contains(results.of("verdict").getSummary());
    }

    /** A column that JMC does not know is left out in silence. */
    @Test
    void everyColumnAndGroupOfAPageIsAFieldOfItsEvents() throws Exception {
        IItemCollection items = Results.items(recording);
        Set<String> ids = new HashSet<>();
        for (IState page : pages()) {
            String id = page.getAttribute("id");
            assertThat(ids.add(id)).as(id).isTrue();
            assertThat(page.getAttribute("factory")).isEqualTo("org.openjdk.jmc.flightrecorder.ui.itemhandler");
            IState state = page.getChild("state");
            assertThat(state.getChild("topic").getAttribute("value")).isEqualTo(IoPathRule.TOPIC);
            IItemCollection shown = items.apply(PersistableItemFilter.readFrom(state.getChild("pageFilter")));
            Set<String> fields = fields(shown);
            assertThat(fields).as(id).isNotEmpty();

            IState list = state.getChild("listAndChart").getChild("listSettings");
            assertThat(columns(list)).as(id).isSubsetOf(fields).contains(list.getAttribute("sortColumn"));
            IState chart = state.getChild("listAndChart").getChild("chartSettings");
            if (chart != null) {
                String[] sum = chart.getAttribute("barChartAttributes").split(";", 2);
                assertThat(fields).contains(sum[0]);
                assertThat(Aggregators.getQuantityAggregator(
                                sum[1], Attribute.attr(sum[0].split(":", 2)[0], "Sum", UnitLookup.MEMORY)))
                        .isNotNull();
            }
            int histograms = histograms(state.getChild("histogram"), fields);
            assertThat(state.getChild("histogramSash").getAttribute("weights").split(","))
                    .as("one weight for each table of %s", id)
                    .hasSize(histograms + 1);
        }
        assertThat(ids).containsExactlyInAnyOrder("iopath.transfers", "iopath.io", "iopath.samples", "iopath.hooks");
    }

    @Test
    void theSumOfThePageIsTheSumOfTheReport() throws Exception {
        IState state = pages().get(0).getChild("state");
        IItemCollection shown =
                Results.items(recording).apply(PersistableItemFilter.readFrom(state.getChild("pageFilter")));
        IQuantity heapToSocket = shown.apply(ItemFilters.equals(text("sink"), "socket"))
                .getAggregate(Aggregators.sum(Attribute.attr("bytes", "Bytes", UnitLookup.MEMORY)));

        assertThat(heapToSocket.longValueIn(UnitLookup.BYTE)).isEqualTo(DEMO_BYTES);
    }

    private static IAttribute<String> text(String field) {
        return Attribute.attr(field, field, UnitLookup.PLAIN_TEXT);
    }

    private static int histograms(IState histogram, Set<String> fields) {
        assertThat(fields).contains(histogram.getAttribute("groupBy") + ":text");
        Set<String> summed = new TreeSet<>();
        for (String column : columns(histogram.getChild("table"))) {
            if (!column.startsWith("itemhistogram.")) {
                assertThat(column).startsWith("SUM");
                summed.add(column.substring("SUM".length()));
            }
        }
        assertThat(fields).containsAll(summed);
        int tables = 1;
        for (IState child : histogram.getChildren("child")) {
            assertThat(child.getAttribute("parentGroupBy")).isEqualTo(histogram.getAttribute("groupBy"));
            tables += histograms(child, fields);
        }
        return tables;
    }

    private static List<String> columns(IState table) {
        List<String> columns = new ArrayList<>();
        for (IState column : table.getChildren("column")) {
            columns.add(column.getAttribute("id"));
        }
        return columns;
    }

    /** As JMC names them: the field, and the kind of its values. */
    private static Set<String> fields(IItemCollection items) {
        Set<String> fields = new TreeSet<>();
        for (IItemIterable ofOneType : items) {
            for (IAccessorKey<?> key : ofOneType.getType().getAccessorKeys().keySet()) {
                fields.add(key.getIdentifier() + ":" + key.getContentType().getIdentifier());
            }
        }
        return fields;
    }

    /** All pages, parents first, as JMC's parser of page states reads them. */
    private static List<IState> pages() throws Exception {
        try (InputStream file = Objects.requireNonNull(RealRecordingIT.class.getResourceAsStream("/pages.xml"))) {
            IState root = StateToolkit.fromXMLString(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            List<IState> pages = new ArrayList<>();
            addPages(root, pages);
            return pages;
        }
    }

    private static void addPages(IState parent, List<IState> pages) {
        for (IState page : parent.getChildren("page")) {
            pages.add(page);
            addPages(page, pages);
        }
    }
}
