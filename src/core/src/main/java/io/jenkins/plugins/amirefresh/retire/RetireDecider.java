package io.jenkins.plugins.amirefresh.retire;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.OwnAmi;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides on images: what is needed stays or comes back, everything else goes one step further when its time has come. */
public final class RetireDecider {

    private static final int SHOWN = 3;

    private static final Comparator<Candidate> NEWEST_FIRST = Comparator.comparing(
                    (Candidate candidate) -> candidate.image().ami().createdAt())
            .reversed()
            .thenComparing(candidate -> candidate.id().value());

    private final RetireRules rules;
    private final Instant now;

    /** A decider for one moment. */
    public RetireDecider(RetireRules rules, Instant now) {
        this.rules = rules;
        this.now = now;
    }

    /** One decision an image, by account, region and family, the newest first. */
    public List<Retirement> decide(Collection<Candidate> all) {
        Set<AmiId> newest = newest(all);
        return all.stream()
                .sorted(Comparator.comparing((Candidate candidate) ->
                                candidate.account() + "/" + candidate.region() + "/" + candidate.family())
                        .thenComparing(NEWEST_FIRST))
                .map(candidate -> decide(candidate, newest.contains(candidate.id())))
                .toList();
    }

    private Set<AmiId> newest(Collection<Candidate> all) {
        Map<String, List<Candidate>> groups = new LinkedHashMap<>();
        all.stream().filter(this::canServe).sorted(NEWEST_FIRST).forEach(candidate -> groups.computeIfAbsent(
                        candidate.account() + "/" + candidate.region() + "/" + candidate.family() + "/"
                                + candidate.image().ami().architecture(),
                        key -> new ArrayList<>())
                .add(candidate));
        Set<AmiId> newest = new HashSet<>();
        groups.values()
                .forEach(group -> group.stream().limit(rules.keep()).forEach(candidate -> newest.add(candidate.id())));
        return newest;
    }

    /** A bad image, or one that somebody else disabled, is nothing to fall back to. */
    private boolean canServe(Candidate candidate) {
        OwnAmi image = candidate.image();
        boolean isOurs = image.isDisabled() && mark(image).isPresent();
        return !image.ami().tags().containsKey(AmiTags.BAD) && (image.ami().isAvailable() || isOurs);
    }

    private Retirement decide(Candidate candidate, boolean isNewest) {
        OwnAmi image = candidate.image();
        if (!image.ami().isAvailable() && !image.isDisabled()) {
            return kept(candidate, "is " + image.ami().state());
        }
        List<String> uses = new ArrayList<>(candidate.uses());
        if (image.ami().tags().containsKey(RetireMark.KEEP)) {
            String reason = image.ami().tags().get(RetireMark.KEEP);
            uses.add("its tag " + RetireMark.KEEP + (reason.isBlank() ? "" : ": " + reason));
        }
        if (isNewest) {
            uses.add("it is among the newest " + rules.keep() + " of " + candidate.family());
        }
        if (!uses.isEmpty()) {
            return mark(image)
                    .map(mark -> new Retirement(candidate, Stage.ENABLED, "is needed again: " + shown(uses)))
                    .orElseGet(() -> kept(candidate, shown(uses)));
        }
        if (image.isProtected()) {
            return kept(candidate, "is protected against deregistration");
        }
        if (!candidate.doubts().isEmpty()) {
            return kept(candidate, shown(candidate.doubts()));
        }
        return unused(candidate);
    }

    private Retirement unused(Candidate candidate) {
        OwnAmi image = candidate.image();
        Optional<String> manager = manager(image);
        String tag = image.ami().tags().getOrDefault(RetireMark.TAG, "");
        Optional<RetireMark> mark = mark(image);
        if (manager.isPresent()) {
            return kept(candidate, "is looked after by " + manager.get());
        }
        if (mark.isEmpty() && !tag.isEmpty()) {
            return kept(candidate, "its tag " + RetireMark.TAG + " says '" + tag + "', which is not ours: remove it");
        }
        if (mark.isEmpty()) {
            return image.isDisabled()
                    ? kept(candidate, "was disabled by somebody else: enable it, or deregister it by hand")
                    : due(candidate, Stage.DEPRECATED, image.ami().createdAt(), rules.deprecateAfter(), "was made");
        }
        return marked(candidate, mark.get());
    }

    private Retirement marked(Candidate candidate, RetireMark mark) {
        OwnAmi image = candidate.image();
        if (mark.run().equals(rules.run())) {
            return new Retirement(candidate, Stage.WAITING, "has gone a step already: " + mark.text());
        }
        if (mark.isDisabled()) {
            return image.isDisabled()
                    ? due(candidate, Stage.DEREGISTERED, mark.at(), rules.deregisterAfter(), "was disabled")
                    : kept(
                            candidate,
                            "was enabled by hand since it was disabled: remove its tag " + RetireMark.TAG
                                    + " to let it be retired, or give it the tag " + RetireMark.KEEP);
        }
        return image.deprecatedAt() == null
                ? kept(
                        candidate,
                        "its deprecation was taken back by hand: remove its tag " + RetireMark.TAG
                                + " to let it be retired, or give it the tag " + RetireMark.KEEP)
                : due(candidate, Stage.DISABLED, mark.at(), rules.disableAfter(), "was deprecated");
    }

    private Retirement due(Candidate candidate, Stage stage, Instant since, Duration after, String what) {
        Instant from = since.plus(after);
        String why = "nothing needs it, and it " + what + " " + since.truncatedTo(ChronoUnit.MINUTES)
                + (candidate.past().isEmpty() ? "" : "; only old versions name it: " + shown(candidate.past()));
        return now.isBefore(from)
                ? new Retirement(
                        candidate,
                        Stage.WAITING,
                        why + "; it is " + stage.text() + " from " + from.truncatedTo(ChronoUnit.MINUTES))
                : new Retirement(candidate, stage, why);
    }

    private static Optional<RetireMark> mark(OwnAmi image) {
        return Optional.ofNullable(image.ami().tags().get(RetireMark.TAG)).flatMap(RetireMark::parse);
    }

    /** Services of AWS retire what they made by their own rules. */
    private static Optional<String> manager(OwnAmi image) {
        Set<String> names = image.ami().tags().keySet();
        if (names.stream().anyMatch(name -> name.startsWith("aws:backup:"))) {
            return Optional.of("AWS Backup");
        }
        return names.stream().anyMatch(name -> name.startsWith("aws:dlm:"))
                ? Optional.of("Data Lifecycle Manager")
                : Optional.empty();
    }

    private static Retirement kept(Candidate candidate, String why) {
        return new Retirement(candidate, Stage.KEPT, why);
    }

    private static String shown(List<String> reasons) {
        List<String> distinct = reasons.stream().distinct().toList();
        String first = String.join("; ", distinct.subList(0, Math.min(SHOWN, distinct.size())));
        return distinct.size() <= SHOWN ? first : first + "; and " + (distinct.size() - SHOWN) + " more";
    }
}
