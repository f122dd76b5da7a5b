package io.jenkins.plugins.amirefresh.step.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BadAmiTagTest {

    @Test
    void whenSeveralGroupsMark_thenEachTakesBackItsOwnOnlyAndTheLastMakesItGood() {
        // when
        String tag = BadAmiTag.of("").and("web", "503").text();
        String both = BadAmiTag.of(tag).and("api", "500").text();

        // then
        assertThat(both).isEqualTo("web: 503 +also api");
        assertThat(BadAmiTag.of(both).without("api").map(BadAmiTag::text)).contains("web: 503");
        Optional<BadAmiTag> rest = BadAmiTag.of(both).without("web");
        assertThat(rest.map(BadAmiTag::text)).contains("api: failed with it too");
        assertThat(rest.flatMap(claims -> BadAmiTag.of(claims.text()).without("api")))
                .isEmpty();
    }

    @Test
    void whenPeopleMarked_thenTheirWordStays() {
        // when
        BadAmiTag claims = BadAmiTag.of("CVE-2026-1").and("web", "503");

        // then
        assertThat(claims.without("web").map(BadAmiTag::text)).contains("CVE-2026-1");
        assertThat(BadAmiTag.of("CVE-2026-1").isOf("web")).isFalse();
    }

    @Test
    void whenThereIsNoRoom_thenTheValueIsAsLongAsAwsTakesAndNobodyTakesTheRestBack() {
        // given
        BadAmiTag claims = BadAmiTag.of("").and("web", "x".repeat(300));

        // when
        for (int i = 0; i < 40; i++) {
            claims = BadAmiTag.of(claims.and("a-group-with-a-name-" + i, "503").text());
        }

        // then
        assertThat(claims.text())
                .hasSizeLessThanOrEqualTo(AmiTags.LONGEST_VALUE)
                .endsWith(" +also " + BadAmiTag.MORE);
        assertThat(claims.isOf("web")).isTrue();
        assertThat(claims.isOf("a-group-with-a-name-0")).isTrue();
        for (int i = 0; i < 40; i++) {
            claims = claims.without("a-group-with-a-name-" + i).orElseThrow();
        }
        assertThat(claims.without("web").map(BadAmiTag::text)).contains("more: failed with it too");
    }
}
