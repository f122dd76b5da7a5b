package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The declared behaviours, resolved for one machine. */
public final class Behaviours {

    /** What a machine takes when nobody declares anything. */
    static final Duration DEFAULT_BOOT = Duration.ofSeconds(40);

    private final List<Behaviour> declared;
    private final Set<Behaviour> matched = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param declared in the file's order */
    public Behaviours(List<Behaviour> declared) {
        this.declared = List.copyOf(declared);
    }

    /** How this machine behaves. */
    public InstanceBehaviour of(InstanceFacts facts) {
        var result = new InstanceBehaviour(
                DEFAULT_BOOT, true, List.of(), List.of(), null, null, List.of(), null, true, List.of());
        for (Behaviour behaviour : declared) {
            if (matches(behaviour.match(), facts)) {
                matched.add(behaviour);
                result = result.overriddenBy(behaviour);
            }
        }
        return result;
    }

    /** Those that no machine has met so far, in the file's order. */
    public List<Behaviour> unmatched() {
        return declared.stream()
                .filter(behaviour -> !matched.contains(behaviour))
                .toList();
    }

    private static boolean matches(Behaviour.Match match, InstanceFacts facts) {
        return Wildcard.matches(match.account(), facts.accountId())
                && Wildcard.matches(match.region(), facts.region())
                && Wildcard.matches(match.zone(), facts.zone())
                && Wildcard.matches(match.instanceType(), facts.instanceType())
                && Wildcard.matches(match.image(), facts.image())
                && Wildcard.matches(match.sourceImage(), facts.sourceImage())
                && Wildcard.matches(match.template(), facts.template())
                && Wildcard.matches(match.group(), facts.group())
                && (match.imageDeclared() == null || match.imageDeclared() == facts.imageDeclared())
                && match.imageTags().entrySet().stream()
                        .allMatch(tag -> facts.imageTags().containsKey(tag.getKey())
                                && Wildcard.matches(
                                        tag.getValue(), facts.imageTags().get(tag.getKey())));
    }

    /**
     * What the declared matches can ask of a machine; empty text where there is none.
     *
     * @param image AMI name
     * @param imageDeclared whether the account file declares the AMI
     * @param sourceImage name of the AMI that the AMI was built from
     */
    public record InstanceFacts(
            String accountId,
            String region,
            String zone,
            String instanceType,
            String image,
            Map<String, String> imageTags,
            boolean imageDeclared,
            String sourceImage,
            String template,
            String group) {

        public InstanceFacts {
            imageTags = Map.copyOf(imageTags);
        }
    }

    /**
     * One machine's behaviour.
     *
     * @param boot from launch until its programs answer
     * @param statusChecksPass whether EC2's checks find it well
     * @param http declared answers
     * @param tcp ports that take connections and say nothing
     * @param breaks null: never
     * @param launchError null: it launches
     * @param commands declared outcomes of commands; one that none matches succeeds
     * @param ssh null: nobody can log in
     * @param hasSsmAgent Systems Manager reaches it
     * @param metrics what it tells CloudWatch once a minute
     */
    public record InstanceBehaviour(
            Duration boot,
            boolean statusChecksPass,
            List<Behaviour.HttpAnswer> http,
            List<Integer> tcp,
            Behaviour.@Nullable Breaks breaks,
            Behaviour.@Nullable ErrorText launchError,
            List<Behaviour.CommandOutcome> commands,
            Behaviour.@Nullable Ssh ssh,
            boolean hasSsmAgent,
            List<Behaviour.MetricValue> metrics) {

        InstanceBehaviour overriddenBy(Behaviour behaviour) {
            return new InstanceBehaviour(
                    Lists.or(behaviour.boot(), boot),
                    behaviour.statusChecks() == null
                            ? statusChecksPass
                            : behaviour.statusChecks().equals("ok"),
                    behaviour.http().isEmpty() ? http : behaviour.http(),
                    behaviour.tcp().isEmpty() ? tcp : behaviour.tcp(),
                    behaviour.breaks() == null ? breaks : behaviour.breaks(),
                    behaviour.launchError() == null ? launchError : behaviour.launchError(),
                    behaviour.commands().isEmpty() ? commands : behaviour.commands(),
                    behaviour.ssh() == null ? ssh : behaviour.ssh(),
                    behaviour.ssmAgent() == null
                            ? hasSsmAgent
                            : behaviour.ssmAgent().equals("managed"),
                    behaviour.metrics().isEmpty() ? metrics : behaviour.metrics());
        }

        /** The declared outcome of a script, empty when none matches. */
        public Optional<Behaviour.CommandOutcome> outcome(String script) {
            return commands.stream()
                    .filter(outcome -> Wildcard.matches(outcome.script(), script))
                    .findFirst();
        }
    }
}
