package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.summarize.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String SCRIPT = "\n<script>(.*?)</script>";
    private static final String STYLE = "<style>(.*?)</style>";
    private static final String DATA = "<script type=\"application/json\" id=\"data\">(.*?)</script>";

    private final String page = HtmlReport.of(Events.ofEachKind().profile());

    @Test
    void nothingMayRunOrBeLoadedButTheScriptAndStyleOfThePageItself() throws Exception {
        assertThat(inside(page, "Content-Security-Policy\" content=\"(.*?)\""))
                .isEqualTo("default-src 'none'; script-src 'sha256-" + hash(inside(page, SCRIPT))
                        + "'; style-src 'sha256-" + hash(inside(page, STYLE))
                        + "'; base-uri 'none'; form-action 'none'");
    }

    @Test
    void thePageNamesNothingThatABrowserWouldLoad() {
        String markup = page.replaceAll("(?s)<script>.*?</script>|<style>.*?</style>|<script type.*?</script>", "");

        assertThat(markup).doesNotContain("src=", "<link", "<img", "@import", "<iframe", "http:", "https:", " style=");
        assertThat(inside(page, STYLE)).doesNotContain("url(", "@import");
        assertThat(markup.lines().filter(line -> line.contains("href=")))
                .isNotEmpty()
                .allMatch(line -> line.contains("href=\"#"));
    }

    @Test
    void theSameProfileGivesTheSameBytesInAnyLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(HtmlReport.of(Events.ofEachKind().profile())).isEqualTo(page);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void thePageIsAsciiWhateverItIsSavedAs() {
        assertThat(page.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 127) || c == '\t');
    }

    @Test
    void thePageCarriesTheJsonOfTheJsonReport() throws IOException {
        String json = JsonReport.of(Events.ofEachKind().profile());

        assertThat(JSON.std.mapFrom(inside(page, DATA))).isEqualTo(JSON.std.mapFrom(json));
    }

    @Test
    void noNameEndsTheDataOrBecomesMarkup() throws IOException {
        List<String> names = List.of(
                "</script><script>alert(1)</script>",
                "<!--<script>",
                "]]>&lt;img src=x onerror=alert(1)>",
                "\u2028\u2029\u202e\u0000\u001b[2J\ud800",
                "@SCRIPT@ @DATA@ $1 \\u003c \" '",
                "x".repeat(4096));
        Events events = new Events();
        for (String name : names) {
            events.io("file:/" + name, "read", "heap", 10, 1, 1)
                    .transfer("file:/" + name + " > socket:s", name, name, name, "none", 1, 10, 1, 1)
                    .sample(name, "file:/a > socket:s", "heap", "none", 10, 1, 0);
        }

        String hostile = HtmlReport.of(events.profile());

        assertThat(inside(hostile, DATA)).doesNotContain("<");
        assertThat(hostile.replace(inside(hostile, DATA), "")).isEqualTo(page.replace(inside(page, DATA), ""));
        assertThat(JSON.std.mapFrom(inside(hostile, DATA)))
                .isEqualTo(JSON.std.mapFrom(JsonReport.of(events.profile())));
    }

    @Test
    void theLicenceOfEachLibraryGoesWithIt() {
        assertThat(inside(page, SCRIPT))
                .contains(
                        "Copyright 2010-2020 Mike Bostock",
                        "Copyright 2015, Mike Bostock",
                        "Copyright (c) 2022 Leon Sorokin")
                .contains("Copyright 2021 Mike Bostock");
    }

    private static String inside(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
