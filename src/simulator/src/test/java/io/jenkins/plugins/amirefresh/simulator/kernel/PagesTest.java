package io.jenkins.plugins.amirefresh.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final List<String> ITEMS =
            IntStream.range(0, 25).mapToObj("item-%02d"::formatted).toList();

    private static Pages.Page<String> page(String scope, List<String> items, Optional<String> token) {
        return Pages.page(
                scope, items, item -> item, token, 10, () -> AwsError.client("InvalidNextToken", "not valid"));
    }

    @Test
    void whenFollowed_thenEveryItemComesOnce() {
        // when
        var all = new ArrayList<String>();
        Optional<String> token = Optional.empty();
        do {
            var page = page("Describe", ITEMS, token);
            all.addAll(page.items());
            token = page.next();
        } while (token.isPresent());

        // then
        assertThat(all).isEqualTo(ITEMS);
    }

    @Test
    void whenAnItemGoesBetweenTwoPages_thenNoOtherIsSkipped() {
        // given
        var first = page("Describe", ITEMS, Optional.empty());
        var fewer = ITEMS.subList(1, ITEMS.size());

        // when
        var second = page("Describe", fewer, first.next());

        // then
        assertThat(second.items().get(0)).isEqualTo("item-10");
    }

    @Test
    void whenTheTokenIsMadeUpOrOfAnotherOperation_thenItIsRefused() {
        var token = page("Describe", ITEMS, Optional.empty()).next();
        assertThatThrownBy(() -> page("Other", ITEMS, token)).hasMessage("not valid");
        assertThatThrownBy(() -> page("Describe", ITEMS, Optional.of("x y"))).hasMessage("not valid");
        assertThatThrownBy(() -> page("Describe", ITEMS, Optional.of("aGVsbG8=")))
                .hasMessage("not valid");
    }
}
