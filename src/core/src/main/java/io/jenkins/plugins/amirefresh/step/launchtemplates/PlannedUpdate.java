package io.jenkins.plugins.amirefresh.step.launchtemplates;

import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.launchtemplate.Share;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateDecision;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One template of the saved plan.
 *
 * @param made the new version's number, 0 until it is made
 * @param done nothing is left to do
 * @param choice how its AMI was chosen; null in state files of older versions
 * @param share whom it is for; null in state files of older versions
 * @param earlier how many versions of the same template are made before it
 */
record PlannedUpdate(
        Place place,
        AccountId account,
        LaunchTemplate template,
        ImageFamily family,
        TemplateDecision decision,
        long made,
        boolean done,
        JournalFact.@Nullable AmiChoice choice,
        @Nullable Share share,
        int earlier) {

    static final String DOCUMENT = "template:";

    String document() {
        return DOCUMENT + account + "/" + place.region() + "/" + template.id()
                + (share().number() == 0 ? "" : "/" + share().number());
    }

    @Override
    public Share share() {
        return share == null ? Share.ALL : share;
    }

    PlannedUpdate finished(long version) {
        return new PlannedUpdate(place, account, template, family, decision, version, true, choice, share, earlier);
    }

    PlannedUpdate with(TemplateDecision other) {
        return new PlannedUpdate(place, account, template, family, other, made, done, choice, share, earlier);
    }

    /** {@code web-lt (111111111111/eu-west-1)}. */
    String subject() {
        return template.name() + " (" + account + "/" + place.region() + ")";
    }

    /** The version copied from, or the one it stays on. */
    LaunchTemplateVersion from() {
        if (decision instanceof TemplateDecision.Create create) {
            return create.source();
        }
        if (decision instanceof TemplateDecision.Await await) {
            return await.source();
        }
        return decision instanceof TemplateDecision.Keep keep ? keep.version() : template.latestVersion();
    }

    /** The version it has or gets. */
    long to() {
        if (decision instanceof TemplateDecision.Create) {
            return made > 0 ? made : template.latestVersion().number() + 1 + earlier;
        }
        return decision instanceof TemplateDecision.Await
                ? template.latestVersion().number() + 1 + earlier
                : from().number();
    }

    /** The AMI it has or gets; empty when it is refused or the AMI is not built yet. */
    Optional<AmiId> ami() {
        return ami(decision);
    }

    static Optional<AmiId> ami(TemplateDecision decision) {
        if (decision instanceof TemplateDecision.Create create) {
            return Optional.of(create.ami());
        }
        return decision instanceof TemplateDecision.Keep keep ? Optional.of(keep.ami()) : Optional.empty();
    }

    /** What the step returns for it. */
    Map<String, Object> row(boolean dryRun) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", account.value());
        row.put("region", place.region().value());
        row.put("launchTemplate", template.name().value());
        row.put("launchTemplateId", template.id().value());
        row.put("family", family.value());
        row.put("from", from().number());
        row.put("to", to());
        row.put("previousDefault", template.defaultVersion().number());
        row.put("ami", ami().map(AmiId::value).orElse(""));
        row.put("outcome", outcome(dryRun));
        row.put("changed", decision instanceof TemplateDecision.Create && !dryRun);
        row.put("pinned", pins().stream().map(pin -> pin.group().text()).toList());
        row.put("why", decision.why() + (note().isEmpty() ? "" : "; " + note()));
        return row;
    }

    List<Pin> pins() {
        return decision instanceof TemplateDecision.Create create ? create.pins() : List.of();
    }

    /** One line for the console. */
    String line(boolean dryRun) {
        return text(dryRun) + (note().isEmpty() ? "" : "; " + note());
    }

    private String note() {
        return choice == null || decision instanceof TemplateDecision.Refuse ? "" : choice.note();
    }

    private String text(boolean dryRun) {
        if (decision instanceof TemplateDecision.Create create) {
            String verb = dryRun ? "would get version " : "gets version ";
            // AWS uses no number twice, and does not tell which ones were deleted.
            String number = to() + (dryRun ? " or later" : "");
            return subject() + ": " + verb + number + " with " + create.ami() + ": " + decision.why() + users();
        }
        if (decision instanceof TemplateDecision.Await) {
            return subject() + ": would get version " + to() + " or later with the AMI that this run builds" + users();
        }
        String verb = decision instanceof TemplateDecision.Keep ? "unchanged: " : "refused: ";
        return subject() + ": " + verb + decision.why();
    }

    /** Whom it is for, where others get another one. */
    private String users() {
        return share().names().isEmpty() ? "" : "; for groups that name " + String.join(", ", share().names());
    }

    private String outcome(boolean dryRun) {
        if (decision instanceof TemplateDecision.Await) {
            return "planned";
        }
        if (decision instanceof TemplateDecision.Create) {
            return dryRun ? "planned" : "updated";
        }
        return decision instanceof TemplateDecision.Keep ? "unchanged" : "refused";
    }
}
