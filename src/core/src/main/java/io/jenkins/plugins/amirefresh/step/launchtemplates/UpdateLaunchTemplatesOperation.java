package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateDecision;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One tick surveys and plans everything, each later one changes one template as planned. */
final class UpdateLaunchTemplatesOperation implements StepOperation {

    private static final String STEP = UpdateLaunchTemplatesStep.NAME;
    private static final String PLANNED = "planned";
    private static final String RETRIES = "retries";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);
    private static final int MOST_RETRIES = 40;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final UpdateRequest request;

    UpdateLaunchTemplatesOperation(UpdateRequest request) {
        this.request = request;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        if (state.document(PLANNED).isEmpty()) {
            return plan(state, host);
        }
        Optional<PlannedUpdate> next =
                updates(state).stream().filter(update -> !update.done()).findFirst();
        if (next.isEmpty()) {
            return done(state, updates(state));
        }
        try {
            PlannedUpdate finished = execute(next.get(), host);
            return new Progress.Again(state.with(finished.document(), Json.write(finished)), Duration.ZERO);
        } catch (CloudException e) {
            return e.isTransient() ? retry(state, e, host) : refusedByAws(state, next.get(), e, host);
        }
    }

    /** One template that AWS refuses keeps the others from nothing. */
    private static Progress refusedByAws(StepState state, PlannedUpdate update, CloudException e, StepHost host) {
        release(update, host);
        PlannedUpdate refused = update.with(new TemplateDecision.Refuse(String.valueOf(e.getMessage()), false))
                .finished(0);
        host.log(refused.line(false));
        appendRefusal(refused, false, host);
        return new Progress.Again(state.with(refused.document(), Json.write(refused)), Duration.ZERO);
    }

    private Progress plan(StepState state, StepHost host) {
        List<Place> asked = places(host);
        FleetReader.Look look = FleetReader.look(state, host, STEP, asked);
        Fleet fleet = look.fleet();
        return fleet == null
                ? new Progress.Again(look.state(), host.observer().interval())
                : plan(look.state(), host, fleet);
    }

    private Progress plan(StepState read, StepHost host, Fleet fleet) {
        VersionMemory memory = new VersionMemory(read, host.clock().instant());
        try {
            new GroupFamilies(host).requireEnvironments(request.groups(), fleet);
            return plan(host, survey(read, host, fleet), memory);
        } catch (CloudException e) {
            // Nothing is changed yet: whichever read it was, the look begins again, with what it knows by now.
            boolean hasRead = e.isTransient() && !memory.state().equals(read);
            return hasRead ? new Progress.Again(memory.state(), PAUSE) : retry(read, e, host);
        }
    }

    private Progress plan(StepHost host, Surveyed surveyed, VersionMemory memory) {
        StepState state = surveyed.state();
        List<PlaceSurvey> surveys = surveyed.surveys();
        UpdatePlan plan = new UpdatePlan(host, request, surveys, memory);
        Optional<String> unknown = plan.selection().unknownFamilies();
        if (unknown.isPresent()) {
            return refused(state, List.of(unknown.get()), host);
        }
        AmiFinder finder = new AmiFinder(host, surveys);
        WantedAmis wanted = finder.find(request.ami(), plan.selection().families());
        if (wanted.isEmpty() && !(request.dryRun() && request.ami().kind() == AmiRequest.Kind.RUN)) {
            return new Progress.Failed(state, noAmi() + "; nothing was changed");
        }
        List<PlannedUpdate> updates = plan.decide(wanted);
        Map<Place, CloudException> denied = new LinkedHashMap<>(finder.denied());
        plan.denied().forEach(denied::putIfAbsent);
        for (Map.Entry<Place, CloudException> denial : denied.entrySet()) {
            state = FleetReader.unreadable(state, host, STEP, denial.getKey(), denial.getValue());
        }
        if (!plan.problems().isEmpty()) {
            return refused(state, plan.problems(), host);
        }
        if (request.dryRun()) {
            updates.forEach(update -> announce(update, host));
            return done(state, updates);
        }
        Map<String, String> documents = new LinkedHashMap<>();
        for (PlannedUpdate update : updates) {
            PlannedUpdate locked = lock(update, host);
            host.log(locked.line(false));
            documents.put(locked.document(), Json.write(locked));
        }
        documents.put(PLANNED, Json.write(updates.size()));
        return new Progress.Again(state.withAll(documents), Duration.ZERO);
    }

    /** Says what would be done, to people and to the later steps of the dry run. */
    private static void announce(PlannedUpdate update, StepHost host) {
        host.log(update.line(true));
        if (update.decision() instanceof TemplateDecision.Refuse) {
            appendRefusal(update, true, host);
            return;
        }
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/" + update.document(),
                        host.clock().instant(),
                        STEP,
                        new JournalFact.TemplatePlanned(
                                update.account(),
                                update.place().region(),
                                update.template().id(),
                                update.family(),
                                update.from(),
                                new LaunchTemplateVersion(update.to()),
                                update.ami().orElse(null),
                                update.choice(),
                                update.share().names())));
    }

    private List<Place> places(StepHost host) {
        List<Place> places = CommonParameters.places(
                request.parameters(),
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
        host.log(STEP + ": working in "
                + places.stream().map(Place::toString).collect(Collectors.joining(", "))
                + (request.dryRun() ? " (dry run: nothing is changed)" : ""));
        return places;
    }

    private record Surveyed(StepState state, List<PlaceSurvey> surveys) {}

    /** Templates may be forbidden where groups are not: that place has its line too. */
    private static Surveyed survey(StepState read, StepHost host, Fleet fleet) {
        List<PlaceSurvey> surveys = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        Map<Place, CloudException> problems = new LinkedHashMap<>();
        for (Place place : fleet.places()) {
            if (fleet.problem(place).isPresent()) {
                continue;
            }
            try {
                PlaceSurvey survey = PlaceSurvey.of(place, host);
                if (seen.add(survey.account() + "/" + place.region())) {
                    surveys.add(survey);
                }
            } catch (CloudException e) {
                if (e.isTransient()) {
                    throw e;
                }
                problems.put(place, e);
            }
        }
        if (surveys.isEmpty() && !problems.isEmpty()) {
            throw problems.values().iterator().next();
        }
        StepState state = read;
        for (Map.Entry<Place, CloudException> problem : problems.entrySet()) {
            state = FleetReader.unreadable(state, host, STEP, problem.getKey(), problem.getValue());
        }
        return new Surveyed(state, surveys);
    }

    private String noAmi() {
        return switch (request.ami().kind()) {
            case RUN -> "ami: this run built no AMI; put buildAmi before it, or give ami: 'newest' or an AMI id";
            case NEWEST, EARLIER ->
                "ami: no available AMI with a family tag was found that is not marked bad; build one with buildAmi";
            case GIVEN -> "ami: the AMI is in none of the regions";
        };
    }

    private static Progress refused(StepState state, List<String> problems, StepHost host) {
        problems.stream().skip(1).forEach(problem -> host.log(STEP + ": " + problem));
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more, on the lines above)";
        return new Progress.Failed(state, problems.get(0) + more + "; nothing was changed");
    }

    /** Groups that another run is changing are not pinned under its hands. */
    private static PlannedUpdate lock(PlannedUpdate update, StepHost host) {
        for (Pin pin : update.pins()) {
            Optional<LockHolder> holder =
                    host.locks().acquire(pin.group(), host.run().lockHolder());
            if (holder.isPresent()) {
                release(update, host);
                return update.with(new TemplateDecision.Refuse(
                        "group " + pin.group().name() + " names $Latest and is being changed by " + holder.get(),
                        false));
            }
        }
        return update;
    }

    private static void release(PlannedUpdate update, StepHost host) {
        update.pins()
                .forEach(pin -> host.locks().release(pin.group(), host.run().lockHolder()));
    }

    private static PlannedUpdate execute(PlannedUpdate update, StepHost host) {
        if (update.decision() instanceof TemplateDecision.Refuse) {
            appendRefusal(update, false, host);
            return update.finished(0);
        }
        Cloud cloud = host.cloud(update.place().access(), update.place().region());
        LaunchTemplateVersion version = update.from();
        if (update.decision() instanceof TemplateDecision.Create create) {
            create.pins().forEach(new PinCalls(host, cloud)::make);
            version = cloud.launchTemplates()
                    .createVersion(new LaunchTemplates.NewVersion(
                            update.template().id(),
                            create.source(),
                            create.ami(),
                            create.snapshots(),
                            "AMI Refresh: version " + create.source() + " with " + create.ami(),
                            create.token()));
            host.log(update.subject() + ": version " + version + " is made"
                    + (version.number() == update.to()
                            ? ""
                            : ", not " + update.to() + ": numbers of deleted versions are not used again"));
        }
        PlannedUpdate finished = update.finished(version.number());
        append(finished, version, host);
        release(finished, host);
        return finished;
    }

    /** The later steps of the run have to know that its groups are not to be touched, and why. */
    private static void appendRefusal(PlannedUpdate update, boolean isPlanned, StepHost host) {
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/" + update.document(),
                        host.clock().instant(),
                        STEP,
                        new JournalFact.TemplateRefused(
                                update.account(),
                                update.place().region(),
                                update.template().id(),
                                update.template().name(),
                                update.family(),
                                update.template().latestVersion(),
                                update.decision().why(),
                                isPlanned,
                                update.share().names())));
    }

    private static void append(PlannedUpdate update, LaunchTemplateVersion version, StepHost host) {
        boolean changed = update.decision() instanceof TemplateDecision.Create;
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + "/" + update.document(),
                        host.clock().instant(),
                        STEP,
                        new JournalFact.TemplateUpdated(
                                update.account(),
                                update.place().region(),
                                update.template().id(),
                                update.template().name(),
                                update.family(),
                                update.from(),
                                version,
                                update.template().defaultVersion(),
                                update.ami().orElseThrow(),
                                changed,
                                update.decision().why(),
                                update.choice(),
                                update.share().names())));
    }

    private static Progress retry(StepState state, CloudException e, StepHost host) {
        int retries = state.document(RETRIES).map(Integer::parseInt).orElse(0) + 1;
        if (!e.isTransient() || retries > MOST_RETRIES) {
            throw e;
        }
        if (retries == 1) {
            host.log(STEP + ": AWS could not do it now, trying again every " + RETRY_AFTER.toSeconds() + " s: "
                    + e.getMessage());
        }
        return new Progress.Again(state.with(RETRIES, Integer.toString(retries)), RETRY_AFTER);
    }

    private Progress done(StepState state, List<PlannedUpdate> updates) {
        boolean refused = !request.dryRun()
                && updates.stream().anyMatch(update -> update.decision() instanceof TemplateDecision.Refuse);
        List<Map<String, Object>> rows =
                updates.stream().map(update -> update.row(request.dryRun())).toList();
        return new Progress.Done(
                state,
                Map.of("templates", rows),
                refused ? Progress.BuildVerdict.UNSTABLE : FleetReader.verdict(state));
    }

    private static List<PlannedUpdate> updates(StepState state) {
        return state.documents().entrySet().stream()
                .filter(document -> document.getKey().startsWith(PlannedUpdate.DOCUMENT))
                .map(document -> Json.read(document.getValue(), PlannedUpdate.class))
                .toList();
    }

    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        List<PlannedUpdate> updates = updates(state);
        updates.forEach(update -> release(update, host));
        return new Progress.Failed(
                state, "stopped, " + describe(state) + "; pinned groups launch what they launched before");
    }

    @Override
    public String describe(StepState state) {
        List<PlannedUpdate> updates = updates(state);
        long done = updates.stream().filter(PlannedUpdate::done).count();
        return done + " of " + updates.size() + " launch templates done";
    }
}
