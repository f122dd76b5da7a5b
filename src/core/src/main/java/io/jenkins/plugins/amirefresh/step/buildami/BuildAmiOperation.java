package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.packer.PackerVersion;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.buildami.BuildState.Phase;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks Packer for its version, looks for an identical image, else initialises, validates, builds and verifies. */
final class BuildAmiOperation implements StepOperation {

    private static final Duration TICK = Duration.ofSeconds(2);
    private static final Duration VERIFY_TICK = Duration.ofSeconds(15);

    private final BuildRequest request;

    BuildAmiOperation(BuildRequest request) {
        this.request = request;
    }

    @Override
    public Progress advance(StepState saved, StepHost host) {
        Optional<BuildState> known = BuildState.of(saved);
        if (known.isPresent() && known.get().isRunning()) {
            return look(saved, known.get(), host);
        }
        if (known.isPresent() && known.get().phase() == Phase.SWEEP) {
            return ending(host).sweep(saved, known.get(), regions(host));
        }
        if (known.isPresent() && known.get().phase() == Phase.BOOT) {
            return bootTest(known.get(), host).tick(saved, known.get());
        }
        Preparation preparation = prepare(host);
        if (known.isEmpty()) {
            return start(saved, preparation, host);
        }
        // The state that was saved holds what is needed of it.
        if (known.get().phase() == Phase.VALIDATE || known.get().reused()) {
            PackerCommand.forgetInspection(host);
        }
        if (known.get().phase() == Phase.VERIFY) {
            return verifyOrWait(saved, known.get(), preparation, host);
        }
        PackerCommand.start(known.get(), preparation.packer(), host);
        return again(saved, known.get().started(), Duration.ZERO);
    }

    /** What is read anew whenever something is decided, and not while a command runs. */
    private record Preparation(List<AwsRegion> regions, TemplateFiles files, PackerRun packer) {}

    private Preparation prepare(StepHost host) {
        List<AwsRegion> regions = regions(host);
        TemplateFiles files = TemplateFiles.read(request.template(), host.workspace());
        return new Preparation(regions, files, new PackerRun(request, files, regions, host));
    }

    private Progress look(StepState saved, BuildState state, StepHost host) {
        PackerCommand.Ended ended = PackerCommand.read(request.family(), state, host);
        if (ended.exitCode().isEmpty()) {
            return again(saved, limited(ended.state(), host), TICK);
        }
        if (!ended.state().failure().isEmpty()) {
            return ending(host).interrupted(saved, ended);
        }
        if (ended.exitCode().getAsInt() != 0) {
            return ending(host).ended(saved, ended.state(), ended.explain(host));
        }
        try {
            return next(saved, ended.state(), prepare(host), host);
        } catch (ParameterException e) {
            // Nothing runs any more, so there is nothing to stop.
            return ending(host)
                    .ended(saved, ended.state(), e.getMessage() + ending(host).left(ended.state()));
        }
    }

    private BuildEnding ending(StepHost host) {
        return new BuildEnding(request.family(), host);
    }

    private List<AwsRegion> regions(StepHost host) {
        return CommonParameters.places(
                        request.parameters(),
                        host.environment(),
                        host.settings().regions(),
                        host.settings().accounts())
                .stream()
                .map(Place::region)
                .distinct()
                .toList();
    }

    private Progress start(StepState saved, Preparation preparation, StepHost host) {
        List<String> only = preparation.packer().only();
        host.log(request.family() + ": builds in " + names(preparation.regions()) + " from "
                + preparation.files().path()
                + (only.isEmpty() ? "" : ", only " + String.join(",", only))
                + (request.dryRun() ? " (dry run: nothing is built)" : ""));
        if (request.dryRun()) {
            return new Progress.Done(saved, result(Map.of(), "", "", false), Progress.BuildVerdict.NONE);
        }
        return again(saved, BuildState.starting(host.clock().instant()), Duration.ZERO);
    }

    /** Packer took too long: it is interrupted, and the step waits until it has cleaned up. */
    private BuildState limited(BuildState state, StepHost host) {
        if (!state.failure().isEmpty()
                || host.clock().instant().isBefore(state.startedAt().plus(request.timeLimit()))) {
            return state;
        }
        host.log(request.family() + ": Packer took longer than " + request.timeLimit()
                + ", interrupting it and waiting until it has ended");
        host.processes().stop(PackerCommand.key(state.phase(), host));
        return state.interrupted("Packer took longer than timeLimit " + request.timeLimit() + " and was interrupted");
    }

    private Progress next(StepState saved, BuildState state, Preparation preparation, StepHost host) {
        return switch (state.phase()) {
            case VERSION -> versioned(saved, state, preparation, host);
            case INIT -> ask(saved, state, preparation, host);
            case INSPECT ->
                identify(
                        saved,
                        state,
                        preparation,
                        host,
                        preparation.packer().values().of(PackerCommand.whole(state, host)));
            case VALIDATE -> again(saved, state.to(Phase.BUILD), Duration.ZERO);
            case BUILD -> built(saved, state, preparation);
            case VERIFY, BOOT, SWEEP -> throw new IllegalStateException("nothing runs in " + state.phase());
        };
    }

    private Progress versioned(StepState saved, BuildState state, Preparation preparation, StepHost host) {
        Optional<PackerVersion> version = PackerVersion.parse(state.version());
        if (version.isEmpty()) {
            return failed(state.in(saved), "packer tells no version; install Packer 1.6 or later on the agent");
        }
        boolean init =
                version.get().hasInit() && !preparation.files().pluginsPath().isEmpty();
        return init ? again(saved, state.to(Phase.INIT), Duration.ZERO) : ask(saved, state, preparation, host);
    }

    /** Packer is asked for what its variables are worth; of a JSON template of old it tells the defaults only. */
    private Progress ask(StepState saved, BuildState state, Preparation preparation, StepHost host) {
        return preparation.files().isJsonOfOld()
                ? identify(
                        saved,
                        state,
                        preparation,
                        host,
                        preparation.packer().values().of(""))
                : again(saved, state.to(Phase.INSPECT), Duration.ZERO);
    }

    private Progress identify(
            StepState saved, BuildState state, Preparation preparation, StepHost host, Map<String, String> values) {
        List<AwsRegion> regions = preparation.regions();
        PackerRun packer = preparation.packer();
        packer.refuse(values);
        Sources sources = new Sources(request, preparation.files(), host);
        Optional<Ami> source = sources.of(regions.get(0), values);
        String sourceId = source.map(ami -> ami.id().value()).orElse(values.getOrDefault("source_ami", ""));
        BuildState known = state.leaving(sources.own(packer.values(), values));
        References outside = References.of(
                preparation.files(),
                packer.values().texts(),
                values,
                host.workspace(),
                host.environment().getOrDefault("WORKSPACE", ""));
        String key = BuildKey.of(packer.ingredients(known, sourceId, outside));
        known = known.knowing(
                state.version(), key, sourceId, source.map(Ami::architecture).orElse(""));
        if (!outside.unseen().isEmpty() && request.reuse()) {
            host.log(request.family() + ": reuses nothing, since which files these are is known only when Packer runs: "
                    + String.join("; ", outside.unseen()));
        }
        Optional<Map<AwsRegion, AmiId>> reusable =
                request.reuse() && outside.unseen().isEmpty()
                        ? new BuiltAmis(host).ofKey(key, regions, request.reuseWithin())
                        : Optional.empty();
        if (reusable.isPresent()) {
            host.log(request.family() + ": reuses " + BuiltAmis.text(reusable.get())
                    + ", built from the same files, variables and source AMI");
            return again(saved, known.having(reusable.get(), true).to(Phase.VERIFY), Duration.ZERO);
        }
        return again(saved, known.to(Phase.VALIDATE), Duration.ZERO);
    }

    private Progress built(StepState saved, BuildState state, Preparation preparation) {
        Map<AwsRegion, AmiId> amis = state.amis();
        if (!state.twice().isEmpty()) {
            return failed(
                    state.in(saved),
                    "two images of one family in one region: " + state.twice() + "; choose one build with only, or call"
                            + " buildAmi for each with a family of its own. All of them stay: deregister what is not"
                            + " wanted, with its snapshots");
        }
        if (amis.isEmpty()) {
            return failed(
                    state.in(saved),
                    "Packer succeeded and announced no AMI: no Amazon build of the template ran"
                            + (preparation.packer().only().isEmpty()
                                    ? ""
                                    : " with only "
                                            + String.join(
                                                    ",", preparation.packer().only()))
                            + ", or a post-processor took its image away");
        }
        List<AwsRegion> missing = preparation.regions().stream()
                .filter(region -> !amis.containsKey(region))
                .toList();
        if (!missing.isEmpty()) {
            return failed(
                    state.in(saved),
                    "Packer built " + BuiltAmis.text(amis) + " and nothing in " + names(missing)
                            + ": the template must copy to var.copy_to_regions (ami_regions)");
        }
        return again(saved, state.having(amis, false).to(Phase.VERIFY), Duration.ZERO);
    }

    private Progress verifyOrWait(StepState saved, BuildState state, Preparation preparation, StepHost host) {
        try {
            return verify(saved, state, preparation, host);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return wait(saved, state, "the answer of AWS", host);
        }
    }

    private Progress verify(StepState saved, BuildState state, Preparation preparation, StepHost host) {
        BuiltAmis built = new BuiltAmis(host);
        Map<AwsRegion, Ami> seen = new TreeMap<>();
        for (AwsRegion region : preparation.regions()) {
            AmiId id = Optional.ofNullable(state.amis().get(region)).orElseThrow();
            Optional<Ami> ami = built.describe(region, id);
            if (ami.isEmpty() || "pending".equals(ami.get().state())) {
                return wait(saved, state, id + " in " + region, host);
            }
            Optional<String> objection = objection(ami.get(), state);
            if (objection.isPresent()) {
                return failed(state.in(saved), id + " in " + region + " " + objection.get());
            }
            seen.put(region, ami.get());
        }
        if (!state.reused()) {
            seen.forEach(
                    (region, ami) -> built.complete(region, ami, new Provenance(request.family(), host).tags(state)));
        }
        return request.bootTest() == null || BootState.isProved(saved)
                ? done(saved, state, seen, host)
                : again(saved, state.to(Phase.BOOT), Duration.ZERO);
    }

    private BootTest bootTest(BuildState state, StepHost host) {
        BootTestRequest wanted = Optional.ofNullable(request.bootTest()).orElseThrow();
        return new BootTest(request.family(), wanted, regions(host).get(0), state, host);
    }

    private Progress wait(StepState saved, BuildState state, String what, StepHost host) {
        if (!host.clock().instant().isBefore(state.startedAt().plus(request.timeLimit()))) {
            return failed(state.in(saved), what + " is not available after timeLimit " + request.timeLimit());
        }
        return again(saved, state, VERIFY_TICK);
    }

    private Optional<String> objection(Ami ami, BuildState state) {
        if (!ami.isAvailable()) {
            return Optional.of("is " + ami.state() + ", not available");
        }
        String wanted = request.architecture().isEmpty() ? state.sourceArchitecture() : request.architecture();
        return wanted.isEmpty() || wanted.equals(ami.architecture())
                ? Optional.empty()
                : Optional.of("is " + ami.architecture() + ", wanted is " + wanted);
    }

    private Progress done(StepState saved, BuildState state, Map<AwsRegion, Ami> amis, StepHost host) {
        List<JournalFact.RegionalAmi> regional = new ArrayList<>();
        amis.forEach((region, ami) -> regional.add(new JournalFact.RegionalAmi(region, ami.architecture(), ami.id())));
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/ami/" + request.family(),
                        host.clock().instant(),
                        BuildAmiStep.NAME,
                        new JournalFact.AmiBuilt(request.family(), regional, state.buildKey(), state.reused())));
        String architecture = regional.get(0).architecture();
        host.log(
                request.family() + ": " + BuiltAmis.text(state.amis()) + (state.reused() ? " is reused" : " is built"));
        return new Progress.Done(
                saved,
                result(state.amis(), architecture, state.buildKey(), state.reused()),
                Progress.BuildVerdict.NONE);
    }

    private Map<String, Object> result(
            Map<AwsRegion, AmiId> amis, String architecture, String buildKey, boolean reused) {
        Map<String, Object> byRegion = new LinkedHashMap<>();
        new TreeMap<>(amis).forEach((region, ami) -> byRegion.put(region.value(), ami.value()));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("family", request.family().value());
        result.put("amis", byRegion);
        result.put("architecture", architecture);
        result.put("buildKey", buildKey);
        result.put("reused", reused);
        return result;
    }

    @Override
    public Progress stop(StepState saved, StopReason reason, StepHost host) {
        Optional<BuildState> known = BuildState.of(saved);
        if (known.isPresent() && known.get().phase() == Phase.SWEEP) {
            return ending(host).sweep(saved, known.get(), regions(host));
        }
        Optional<BootState> boot = BootState.of(saved)
                .filter(test -> known.isPresent() && known.get().phase() == Phase.BOOT);
        if (boot.isPresent()) {
            return bootTest(known.orElseThrow(), host).stop(saved, known.orElseThrow(), boot.get());
        }
        if (known.isEmpty() || !known.get().isRunning()) {
            return failed(saved, "stopped" + known.map(ending(host)::left).orElse(""));
        }
        BuildState state = known.get();
        String key = PackerCommand.key(state.phase(), host);
        if (state.failure().isEmpty()) {
            host.log(request.family() + ": the build was stopped; interrupting Packer and waiting until it has"
                    + (state.phase() == Phase.BUILD ? " cleaned up and ended, some minutes as a rule" : " ended"));
            host.processes().stop(key);
            return again(saved, state.interrupted("stopped"), TICK);
        }
        PackerCommand.Ended ended = PackerCommand.read(request.family(), state, host);
        return ended.exitCode().isEmpty()
                ? again(saved, ended.state(), TICK)
                : ending(host).interrupted(saved, ended);
    }

    @Override
    public String describe(StepState saved) {
        return request.family() + ": "
                + BuildState.of(saved)
                        .map(state -> switch (state.phase()) {
                            case VERSION, INIT, INSPECT -> "Packer prepares";
                            case VALIDATE -> "Packer validates the template";
                            case BUILD -> "Packer builds";
                            case SWEEP -> "removes what Packer left";
                            case BOOT -> "boot tests the AMI";
                            case VERIFY -> "waits until the AMIs are available";
                        })
                        .orElse("starts");
    }

    private Progress failed(StepState saved, String why) {
        return new Progress.Failed(saved, request.family() + ": " + why);
    }

    private static Progress again(StepState saved, BuildState state, Duration after) {
        return new Progress.Again(state.in(saved), after);
    }

    private static String names(List<AwsRegion> regions) {
        return regions.stream().map(AwsRegion::value).collect(Collectors.joining(", "));
    }
}
