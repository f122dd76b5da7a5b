package io.jenkins.plugins.amirefresh.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What groups' tags mean, and which of their values are refused. */
class RecycleTagsTest {

    private static Map<String, String> tags(String name, String value) {
        Map<String, String> tags = new HashMap<>(Map.of(RecycleTags.RECYCLE, "true", RecycleTags.STRATEGY, "out-in"));
        tags.put(name, value);
        return tags;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            autorecycle_recycle_on_asg_update | yes | tag autorecycle_recycle_on_asg_update: 'yes' is not allowed; give true or false
            autorecycle_dry_run | 1 | tag autorecycle_dry_run: '1' is not allowed; give true or false
            autorecycle_notify_pager_duty | on | tag autorecycle_notify_pager_duty: 'on' is not allowed; give true or false
            autorecycle_strategy | mongo | tag autorecycle_strategy: 'mongo' is not allowed; give one of instance-refresh, out-in, in-out, rolling, canary
            autorecycle_strategy | OUT-IN | tag autorecycle_strategy: 'OUT-IN' is not allowed; give one of instance-refresh, out-in, in-out, rolling, canary
            autorecycle_recycle_on_asg_update | True | ''
            autorecycle_dry_run | TRUE | ''
            autorecycle_strategy | in-out | ''
            """)
    void whenATagHasAValue_thenItIsTakenStrictly(String name, String value, String problem) {
        RecycleTags tags = RecycleTags.of(tags(name, value), Map.of());
        assertThat(tags.problem() + tags.pagesProblem()).isEqualTo(problem);
    }

    @Test
    void whenTagsAreMissing_thenTheyAreNamed() {
        assertThat(RecycleTags.of(Map.of(), Map.of()).missing())
                .containsExactly(RecycleTags.RECYCLE, RecycleTags.STRATEGY);
        assertThat(RecycleTags.of(Map.of(RecycleTags.RECYCLE, "true"), Map.of()).missing())
                .containsExactly(RecycleTags.STRATEGY);
    }

    @Test
    void whenTagsHaveOtherNames_thenThoseAreRead() {
        // given
        Map<String, String> names = Map.of(RecycleTags.RECYCLE, "recycle", RecycleTags.STRATEGY, "how");

        // when
        RecycleTags tags = RecycleTags.of(Map.of("recycle", "true", "how", "in-out"), names);

        // then
        assertThat(tags.isOptedIn()).isTrue();
        assertThat(tags.missing()).isEmpty();
        assertThat(RecycleTags.configured(names)).contains("recycle", "how").doesNotContain(RecycleTags.RECYCLE);
    }

    @ParameterizedTest
    @CsvSource({"shop-asg-1, '', shop", "shop, '', shop", "-asg-1, '', -asg-1", "shop-asg-1, store, store"})
    void whenAGroupIsNamed_thenItsComponentIsKnown(String group, String tag, String component) {
        assertThat(RecycleTags.component(group, Map.of(RecycleTags.COMPONENT, tag), Map.of()))
                .isEqualTo(component);
    }

    @Test
    void whenTheUsualStateMachineIsNamed_thenThatIsThisStep() {
        assertThat(RecycleTags.of(tags("autorecycle_step_function_name", "autorecycle"), Map.of())
                        .job())
                .isEmpty();
        assertThat(RecycleTags.of(tags("autorecycle_step_function_name", "mongo"), Map.of())
                        .job())
                .isEqualTo("mongo");
    }
}
