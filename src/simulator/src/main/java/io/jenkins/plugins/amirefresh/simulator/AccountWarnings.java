package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredGroup;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredImage;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTemplate;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import io.jenkins.plugins.amirefresh.simulator.account.TaskBehaviour;
import io.jenkins.plugins.amirefresh.simulator.account.Wildcard;
import io.jenkins.plugins.amirefresh.simulator.faults.Faults;
import io.jenkins.plugins.amirefresh.simulator.kernel.Nearest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an account file says and nothing came of: a rehearsal that shows less than its file promises has to say so. */
final class AccountWarnings {

    private final AccountFile file;
    private final Behaviours behaviours;
    private final List<TaskBehaviour> unmetByTasks;
    private final Faults faults;
    private final IdentityHashMap<Happening, String> refused;

    AccountWarnings(
            AccountFile file,
            Behaviours behaviours,
            List<TaskBehaviour> unmetByTasks,
            Faults faults,
            IdentityHashMap<Happening, String> refused) {
        this.file = file;
        this.behaviours = behaviours;
        this.unmetByTasks = unmetByTasks;
        this.faults = faults;
        this.refused = refused;
    }

    private record Warning(int line, String text) {}

    List<String> at(Instant now) {
        List<Warning> warnings = new ArrayList<>();
        for (Behaviour behaviour : behaviours.unmatched()) {
            warnings.add(new Warning(behaviour.line(), "this behaviour met no instance" + why(behaviour.match())));
        }
        unmetByTasks.forEach(
                behaviour -> warnings.add(new Warning(behaviour.line(), "this behaviour met no task of a service")));
        for (Happening happening : file.happenings()) {
            String why = refused.get(happening);
            String what = happening.operation() + " by " + happening.by();
            if (why != null) {
                warnings.add(new Warning(happening.line(), what + " was " + why));
            } else if (happening.at().isAfter(now)) {
                warnings.add(new Warning(
                        happening.line(),
                        what + " did not happen: it is due at " + happening.at() + ", now is " + now));
            }
        }
        for (DeclaredFault fault : faults.unmet()) {
            warnings.add(new Warning(fault.line(), "this fault met no call"));
        }
        return warnings.stream()
                .sorted(Comparator.comparingInt(Warning::line).thenComparing(Warning::text))
                .map(warning -> file.source() + ":" + warning.line() + ": " + warning.text())
                .distinct()
                .toList();
    }

    /** The first part of a match that nothing declared fits. */
    private String why(Behaviour.Match match) {
        return Stream.of(
                        none("Auto Scaling group", match.group(), groups()),
                        none(
                                "launch template",
                                match.template(),
                                named(DeclaredRegion::launchTemplates, DeclaredTemplate::name)),
                        none("account", match.account(), accounts()),
                        none("region", match.region(), regions()),
                        Boolean.FALSE.equals(match.imageDeclared())
                                ? Optional.<String>empty()
                                : none("AMI", match.image(), named(DeclaredRegion::images, DeclaredImage::name)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    private static Optional<String> none(String kind, @Nullable String pattern, Set<String> names) {
        return names.stream().anyMatch(name -> Wildcard.matches(pattern, name))
                ? Optional.empty()
                : Optional.of(": no " + kind + " '" + pattern + "' is declared; "
                        + Nearest.cure(String.valueOf(pattern), names));
    }

    private Stream<DeclaredRegion> everywhere() {
        return file.accounts().stream().flatMap(account -> account.regions().stream());
    }

    private <T> Set<String> named(Function<DeclaredRegion, List<T>> things, Function<T, String> name) {
        return everywhere()
                .flatMap(region -> things.apply(region).stream())
                .map(name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> groups() {
        Set<String> names = named(DeclaredRegion::autoScalingGroups, DeclaredGroup::name);
        file.happenings().stream()
                .filter(happening -> happening.operation().equals("CreateAutoScalingGroup"))
                .map(Happening::input)
                .filter(input -> input != null)
                .forEach(input -> names.add(input.path("AutoScalingGroupName").asText()));
        return names;
    }

    private Set<String> accounts() {
        return file.accounts().stream().map(account -> account.id()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> regions() {
        return everywhere().map(DeclaredRegion::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
