package io.jenkins.plugins.amirefresh.smoketest;

/**
 * What the old version answered to a check: what a new instance's answer is laid beside.
 *
 * @param subject the old instance that was asked
 */
public record OldAnswer(String subject, Finding finding) {

    /** The old version does not pass either, in the same way. */
    boolean isLike(Finding other) {
        return finding.isWrong() && other.isWrong() && finding.answer().equals(other.answer());
    }

    /** The old version was seen to answer something, right or wrong. */
    boolean isAnAnswer() {
        return finding.kind() == Finding.Kind.PASSED || (finding.isWrong() && finding.kind() != Finding.Kind.SILENT);
    }
}
