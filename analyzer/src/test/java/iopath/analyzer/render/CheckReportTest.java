package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.gate.BadRuleException;
import iopath.analyzer.gate.Outcome;
import iopath.analyzer.gate.Rules;
import iopath.analyzer.summarize.Events;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class CheckReportTest {
    /** What build servers agree on: the elements and attributes, and that counts are counts. */
    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:complexType name="said" mixed="true">
                <xs:attribute name="type"/>
                <xs:attribute name="message"/>
              </xs:complexType>
              <xs:element name="testsuite">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded">
                      <xs:complexType>
                        <xs:choice minOccurs="0">
                          <xs:element name="failure" type="said"/>
                          <xs:element name="skipped" type="said"/>
                        </xs:choice>
                        <xs:attribute name="name" use="required"/>
                        <xs:attribute name="classname" use="required"/>
                        <xs:attribute name="time" type="xs:decimal" use="required"/>
                      </xs:complexType>
                    </xs:element>
                  </xs:sequence>
                  <xs:attribute name="name" use="required"/>
                  <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
                  <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
                  <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
                  <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
                  <xs:attribute name="time" type="xs:decimal" use="required"/>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;

    @Test
    void aBuildServerCanReadTheResults() throws Exception {
        String xml = JUnitXml.of(outcomes("\u0001<&\"]]>"));

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(SCHEMA)))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .startsWith("r,1.txt:1\n")
                .contains("(\\u0001<&\"]]>)");
    }

    @Test
    void anAnnotationStaysOneLineWhateverItsWords() throws Exception {
        String lines = CheckReport.github(outcomes("a\n::error::b"));

        assertThat(lines.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(
                                "::error file=r%2C1.txt,line=1,title=iopath check%3A broken::file -> socket stays on")
                        .contains("100 %25 of")
                        .contains("%0A")
                        .contains("(a\\u000a::error::b)"));
    }

    @Test
    void eachRuleIsALineWithWhatToDoUnderThoseThatFail() throws Exception {
        String text = CheckReport.text(outcomes("com.example.Counting"));

        assertThat(text)
                .contains("BROKEN   file -> socket stays on sendfile: 100 % of 1.00 kB took another path\n")
                .contains("         Fix: Pass the SocketChannel")
                .contains("held     unknown bytes at most 0: 0 B\n")
                .contains("skipped  pipe -> file stays on heap: nothing went from pipe to file\n")
                .endsWith("1 of 3 rules failed, 1 skipped.\n");
    }

    @Test
    void theSummaryIsATable() throws Exception {
        assertThat(CheckReport.markdown(outcomes("|x|")))
                .startsWith("# iopath check: 1 of 3 rules failed")
                .contains("| BROKEN | file -> socket stays on sendfile | 100 % of 1.00 kB took another path |")
                .contains("\\|x\\|");
    }

    private static List<Outcome> outcomes(String wrapper) throws BadRuleException {
        return Rules.parse(
                        "r,1.txt",
                        List.of(
                                "file -> socket stays on sendfile",
                                "unknown bytes at most 0",
                                "optional pipe -> file stays on heap"))
                .check(new Events()
                        .transfer("file:/a > socket:s", "heap", "wrapped-channel", wrapper, "same-call", 4, 1000, 5, 5)
                        .subject());
    }
}
