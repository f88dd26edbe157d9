package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.render.TopView.Sort;
import org.junit.jupiter.api.Test;

class TopViewTest {
    private static final TopView START = TopView.start(false);

    @Test
    void theSortsComeInTurn() {
        assertThat(after("s").sort()).isEqualTo(Sort.COPIES);
        assertThat(after("ss").sort()).isEqualTo(Sort.NAME);
        assertThat(after("sss").sort()).isEqualTo(Sort.BYTES);
    }

    @Test
    void lettersOfAFilterAreNoCommands() {
        TopView view = after("/qsp?");

        assertThat(view.quit()).isFalse();
        assertThat(view.paused()).isFalse();
        assertThat(view.typing()).isTrue();
        assertThat(view.filter()).isEqualTo("qsp?");
    }

    @Test
    void enterKeepsAFilterAndEscapeClearsIt() {
        assertThat(after("/ab\r")).isEqualTo(new TopView(Sort.BYTES, "ab", false, false, false, false, false));
        assertThat(after("/ab\u001b")).isEqualTo(START);
        assertThat(after("/ab\r\u001b")).isEqualTo(START);
    }

    @Test
    void aCharacterIsDeletedAsAWhole() {
        assertThat(after("/a\u007f\u007fb").filter()).isEqualTo("b");
        assertThat(START.pressed('/').pressed(0x1f600).pressed(8).filter()).isEmpty();
    }

    @Test
    void aFilterHasNoControlCharactersAndAnEnd() {
        assertThat(after("/a\t\u0000b").filter()).isEqualTo("ab");
        assertThat(after("/" + "x".repeat(10_000)).filter().length()).isLessThan(1000);
    }

    @Test
    void controlCLeavesAnywhere() {
        assertThat(after("\u0003").quit()).isTrue();
        assertThat(after("/a\u0003").quit()).isTrue();
        assertThat(after("?q").quit()).isTrue();
    }

    @Test
    void pauseAndHelpAreSwitches() {
        assertThat(after("p").paused()).isTrue();
        assertThat(after("pp").paused()).isFalse();
        assertThat(after("?").help()).isTrue();
        assertThat(after("??").help()).isFalse();
        assertThat(after("?\u001b").help()).isFalse();
    }

    private static TopView after(String keys) {
        TopView view = START;
        for (int key : keys.codePoints().toArray()) {
            view = view.pressed(key);
        }
        return view;
    }
}
