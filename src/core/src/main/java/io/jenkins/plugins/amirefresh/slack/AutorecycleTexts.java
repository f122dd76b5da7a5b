package io.jenkins.plugins.amirefresh.slack;

/**
 * What aws-autorecycle told a component's channel, by the strategy of its group; its text for the end of in-out said that it
 * was initiated, and is not kept.
 *
 * @param component for people
 * @param team empty for none
 * @param strategy as the tag spells it
 */
public record AutorecycleTexts(String component, String team, String strategy) {

    private boolean isManaged() {
        return strategy.equals("instance-refresh");
    }

    /** The refresh has begun. */
    public SlackNotice initiated() {
        String text = isManaged()
                ? "Instance refresh was successfully initiated"
                : strategy.equals("in-out")
                        ? "Auto-recycling has successfully initiated"
                        : "Auto-recycling was successfully initiated";
        return new SlackNotice(text, SlackColor.GOOD, title(), "");
    }

    /** Every instance is replaced and healthy. */
    public SlackNotice completed() {
        return new SlackNotice(
                isManaged()
                        ? "Instance refresh was successfully completed"
                        : "Autorecycling has successfully completed",
                SlackColor.GOOD,
                title(),
                "");
    }

    /** It ended badly, or the group is back on its old version. */
    public SlackNotice failed(String reason) {
        return new SlackNotice(
                isManaged() ? "Instance refresh FAILED to completed" : "Auto-recycling has failed",
                SlackColor.DANGER,
                title(),
                reason);
    }

    private String title() {
        return component + (team.isEmpty() ? "" : " (team " + team + ")");
    }
}
