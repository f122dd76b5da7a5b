package io.jenkins.plugins.amirefresh.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StepStateTest {
    private record Word(String text) {}

    private static final String OLD = "{\"text\":\"old\"}";
    private static final String NEW = "{\"text\":\"new\"}";

    @Test
    void aDocumentIsDecodedOnceForAllStatesThatHoldIt() {
        StepState state = StepState.EMPTY.with("word:a", OLD);

        Word first = state.read("word:a", Word.class).orElseThrow();
        StepState later = state.with("word:b", NEW).withAll(Map.of("other", "{}"));

        assertThat(later.read("word:a", Word.class).orElseThrow()).isSameAs(first);
    }

    @Test
    void eachStateReadsItsOwnDocument() {
        StepState before = StepState.EMPTY.with("word:a", OLD);
        StepState after = before.with("word:a", NEW);

        assertThat(before.read("word:a", Word.class)).contains(new Word("old"));
        assertThat(after.read("word:a", Word.class)).contains(new Word("new"));
        assertThat(before.read("word:a", Word.class)).contains(new Word("old"));
    }

    @Test
    void statesThatBeganApartShareNothing() {
        StepState one = StepState.EMPTY.with("word:a", OLD);
        StepState other = StepState.of(Map.of("word:a", OLD));

        assertThat(other.read("word:a", Word.class).orElseThrow())
                .isEqualTo(one.read("word:a", Word.class).orElseThrow())
                .isNotSameAs(one.read("word:a", Word.class).orElseThrow());
    }

    @Test
    void readAllGivesThoseOfTheKindInTheOrderTheyCame() {
        StepState state =
                StepState.EMPTY.with("word:b", NEW).with("row:c", "{}").with("word:a", OLD);

        assertThat(state.readAll("word:", Word.class)).containsExactly(new Word("new"), new Word("old"));
        assertThat(state.read("word:z", Word.class)).isEmpty();
    }
}
