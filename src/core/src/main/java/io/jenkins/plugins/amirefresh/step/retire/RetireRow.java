package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.model.OwnAmi;
import io.jenkins.plugins.amirefresh.retire.RetireMark;
import io.jenkins.plugins.amirefresh.retire.Retirement;
import io.jenkins.plugins.amirefresh.retire.Stage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one image, as the state keeps it.
 *
 * @param place index of the place to work in
 * @param isDisabled it was when it was decided
 * @param deprecatedAt when it was deprecated then
 * @param was when it would have been deprecated without us, of what its mark said
 * @param isDone nothing is left to do
 * @param problem why it could not be done, empty when it could
 */
record RetireRow(
        int place,
        String account,
        String region,
        String family,
        String image,
        String name,
        Stage stage,
        String why,
        boolean isDisabled,
        @Nullable Instant deprecatedAt,
        @Nullable Instant was,
        List<String> snapshots,
        boolean isDone,
        String problem) {

    static final String PREFIX = "image:";

    static RetireRow of(int place, Retirement retirement, boolean isDryRun) {
        OwnAmi image = retirement.candidate().image();
        Optional<RetireMark> mark = RetireMark.parse(image.ami().tags().getOrDefault(RetireMark.TAG, ""));
        return new RetireRow(
                place,
                retirement.candidate().account().value(),
                retirement.candidate().region().value(),
                retirement.candidate().family(),
                image.id().value(),
                image.ami().name(),
                retirement.stage(),
                retirement.why(),
                image.isDisabled(),
                image.deprecatedAt(),
                mark.isPresent() ? mark.get().was() : image.deprecatedAt(),
                image.snapshots(),
                isDryRun || !retirement.stage().changes(),
                "");
    }

    String key() {
        return PREFIX + region + "/" + image;
    }

    RetireRow done() {
        return ended(problem);
    }

    RetireRow ended(String newProblem) {
        return new RetireRow(
                place,
                account,
                region,
                family,
                image,
                name,
                stage,
                why,
                isDisabled,
                deprecatedAt,
                was,
                snapshots,
                true,
                newProblem);
    }

    boolean isFailed() {
        return !problem.isEmpty();
    }

    /** As the pipeline gets it. */
    Map<String, Object> asMap(boolean isDryRun) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", account);
        map.put("region", region);
        map.put("family", family);
        map.put("imageId", image);
        map.put("name", name);
        map.put("outcome", outcome(isDryRun));
        map.put("reason", isFailed() ? problem : why);
        return map;
    }

    private String outcome(boolean isDryRun) {
        return isFailed() ? "failed" : (isDryRun && stage.changes() ? "would be " : "") + stage.text();
    }

    /** For the console. */
    String line(boolean isDryRun) {
        return family + ": " + image + " (" + name + ") in " + region + " of " + account + " " + outcome(isDryRun)
                + ": " + (isFailed() ? problem : why);
    }
}
