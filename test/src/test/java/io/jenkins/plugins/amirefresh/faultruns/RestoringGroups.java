package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets a size to what a group's record says of it whenever tags are removed, whatever others have set. */
final class RestoringGroups extends DressedGroups {

    private final Pattern recorded;
    private final BiConsumer<AutoScalingGroupName, Integer> setting;

    /** @param recorded finds the size in the record, as its first group */
    RestoringGroups(AutoScalingGroups groups, String recorded, BiConsumer<AutoScalingGroupName, Integer> setting) {
        super(groups);
        this.recorded = Pattern.compile(recorded);
        this.setting = setting;
    }

    @Override
    public void removeTags(AutoScalingGroupName group, Set<String> names) {
        super.named(List.of(group)).forEach(found -> {
            Matcher size = recorded.matcher(found.tag("ami-refresh:record"));
            if (size.find()) {
                setting.accept(group, Integer.parseInt(size.group(1)));
            }
        });
        super.removeTags(group, names);
    }
}
