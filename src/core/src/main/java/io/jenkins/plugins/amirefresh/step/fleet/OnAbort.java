package io.jenkins.plugins.amirefresh.step.fleet;

import java.util.Arrays;
import java.util.List;

/** What becomes of groups in flight when their step shall end early. What is temporary is undone in any case. */
public enum OnAbort {
    /** The batch in flight is finished, no other starts. */
    FINISH_BATCH("finish-batch"),
    /** The group goes back to the recorded version. */
    ROLL_BACK("rollback"),
    /** Instances stay as they are. */
    LEAVE("leave");

    private final String text;

    OnAbort(String text) {
        this.text = text;
    }

    /** The choice of this name. */
    public static OnAbort parse(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("onAbort '" + text + "'"));
    }

    /** The names of all choices. */
    public static List<String> names() {
        return Arrays.stream(values()).map(choice -> choice.text).toList();
    }
}
