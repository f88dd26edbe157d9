package iopath.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.openqa.selenium.chrome.ChromeDriver;

/** A test of a page: one browser for all its methods. */
abstract class PageTest {

    private static @Nullable ChromeDriver started;

    /** Starts the browser, or skips the test and says so. */
    static void open(String what) {
        if (!Browser.isThere()) {
            Missing.say(what + ": there is no chromium, or no chromedriver");
            assumeTrue(false);
        }
        started = Browser.start();
    }

    @AfterAll
    static void close() {
        if (started != null) {
            started.quit();
            started = null;
        }
    }

    static ChromeDriver browser() {
        if (started == null) {
            throw new IllegalStateException("no browser was started");
        }
        return started;
    }

    /** What a script returns. */
    static Object ask(String script, Object... arguments) {
        return Objects.requireNonNull(browser().executeScript(script, arguments), script);
    }
}
