package io.jenkins.plugins.amirefresh.slack;

/**
 * One message: a text with one coloured attachment under it.
 *
 * @param text the message's first line
 * @param title the attachment's bold line, empty for none
 * @param detail the attachment's text, empty for none
 */
public record SlackNotice(String text, SlackColor color, String title, String detail) {

    /** The words in one line, for a console. */
    public String oneLine() {
        return (text
                        + (title.isEmpty() || title.equals(text) ? "" : ": " + title)
                        + (detail.isEmpty() ? "" : " (" + detail + ")"))
                .replaceAll("\\s+", " ");
    }
}
