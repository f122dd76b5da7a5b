package io.jenkins.plugins.amirefresh.smoketest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trial counts while it is open.
 *
 * @param asked questions that were answered, whatever the answer
 * @param passes right answers in a row; of a metric, measurements within the threshold
 * @param failures of a metric, measurements beyond the threshold
 * @param inconclusive of a metric, measurements that say neither
 * @param last what the last answer was, null before the first one
 * @param answer the last answer in short, as in {@link Finding}
 * @param since since when it is as it should be, or since when the question under way is under way; null for neither
 * @param handle names what is under way where it was asked, empty when nothing is
 */
public record Tally(
        int asked,
        int passes,
        int failures,
        int inconclusive,
        Finding.@Nullable Kind last,
        String answer,
        @Nullable Instant since,
        String handle) {

    static final Tally NONE = new Tally(0, 0, 0, 0, null, "", null, "");

    int measurements() {
        return passes + failures + inconclusive;
    }

    Tally answered(Finding finding, int newPasses) {
        return new Tally(asked + 1, newPasses, failures, inconclusive, finding.kind(), finding.answer(), since, "");
    }

    Tally measured(Finding finding) {
        boolean isWrong = finding.isWrong();
        boolean isRight = finding.kind() == Finding.Kind.PASSED;
        return new Tally(
                asked + 1,
                passes + (isRight ? 1 : 0),
                failures + (isWrong ? 1 : 0),
                inconclusive + (isRight || isWrong ? 0 : 1),
                finding.kind(),
                finding.answer(),
                since,
                "");
    }

    Tally under(String newHandle, @Nullable Instant newSince) {
        return new Tally(asked, passes, failures, inconclusive, last, answer, newSince, newHandle);
    }
}
