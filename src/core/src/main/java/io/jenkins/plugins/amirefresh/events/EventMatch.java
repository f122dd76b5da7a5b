package io.jenkins.plugins.amirefresh.events;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which groups an event is about. */
public final class EventMatch {

    private static final String PARAMETER = "resolve:ssm:";

    private final BiFunction<GroupObservation, LaunchSource.Template, VersionReference> names;
    private final Function<LaunchSource.Template, Optional<String>> images;

    /**
     * Asks these.
     *
     * @param names how a group's owner names the version of a template of it
     * @param images the AMI that a version names, as it is written there; asked only of events about parameters
     */
    public EventMatch(
            BiFunction<GroupObservation, LaunchSource.Template, VersionReference> names,
            Function<LaunchSource.Template, Optional<String>> images) {
        this.names = names;
        this.images = images;
    }

    /** The event is about this group of its account and region. */
    public boolean includes(ChangeEvent event, GroupObservation group) {
        LaunchSource source = group.launchSource();
        return switch (event.kind()) {
            case GROUP, TAGS -> event.names().contains(group.key().name().value());
            case TEMPLATE_VERSION -> uses(event, group, VersionReference.Latest.class);
            case TEMPLATE_DEFAULT -> uses(event, group, VersionReference.Default.class);
            case PARAMETER ->
                Stream.concat(
                                source.imagesOfOverrides().stream().map(LaunchSource.OverrideImage::imageId),
                                source.templates().stream().flatMap(use -> images.apply(use).stream()))
                        .anyMatch(image -> follows(image, event.names().get(0)));
        };
    }

    /** A group that a run of ours pinned to a number still follows what its owner named. */
    private boolean uses(ChangeEvent event, GroupObservation group, Class<? extends VersionReference> alias) {
        return group.launchSource().templates().stream()
                .anyMatch(use -> (event.names().contains(use.id().value())
                                || event.names().contains(use.name().value()))
                        && alias.isInstance(names.apply(group, use)));
    }

    /** One that names a version of the parameter by number does not follow it; a label may move. */
    private static boolean follows(String image, String parameter) {
        if (!image.startsWith(PARAMETER)) {
            return false;
        }
        String named = image.substring(PARAMETER.length());
        String name = named.startsWith("arn:") ? named.replaceFirst("^arn:.*?:parameter", "") : named;
        String bare = parameter.startsWith("arn:") ? parameter.replaceFirst("^arn:.*?:parameter", "") : parameter;
        String rest = name.startsWith(bare) ? name.substring(bare.length()) : "?";
        return rest.isEmpty() || (rest.startsWith(":") && !rest.matches(":[0-9]+"));
    }
}
