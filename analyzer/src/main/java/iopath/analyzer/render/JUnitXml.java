package iopath.analyzer.render;

import iopath.analyzer.gate.Outcome;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What became of rules, as build servers read the results of tests: a rule is a test case. */
public final class JUnitXml {
    private static final String SUITE = "iopath check";

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The whole document, its last line ended. */
    public static String of(List<Outcome> outcomes) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitXml(xml).write(outcomes);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can be written to", e);
        }
        return text + "\n";
    }

    private void write(List<Outcome> outcomes) throws XMLStreamException {
        long failed = outcomes.stream().filter(Outcome::fails).count();
        long skipped = outcomes.stream()
                .filter(outcome -> outcome.status() == Outcome.Status.SKIPPED)
                .count();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute("name", SUITE);
        attribute("tests", Integer.toString(outcomes.size()));
        attribute("failures", Long.toString(failed));
        attribute("errors", "0");
        attribute("skipped", Long.toString(skipped));
        attribute("time", "0");
        for (Outcome outcome : outcomes) {
            xml.writeCharacters("\n  ");
            testCase(outcome);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void testCase(Outcome outcome) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", "iopath.check");
        attribute("name", outcome.rule());
        attribute("time", "0");
        if (outcome.fails()) {
            xml.writeStartElement("failure");
            attribute("type", outcome.status().text());
            attribute("message", outcome.sentence());
            List<String> lines = new ArrayList<>();
            Outcome.Place place = outcome.place();
            if (place != null) {
                lines.add(place.file() + ":" + place.line());
            }
            lines.addAll(outcome.details());
            xml.writeCharacters(String.join("\n", lines.stream().map(Line::safe).toList()));
            xml.writeEndElement();
        } else if (outcome.status() == Outcome.Status.SKIPPED) {
            xml.writeStartElement("skipped");
            attribute("message", outcome.sentence());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Line.safe(value));
    }
}
