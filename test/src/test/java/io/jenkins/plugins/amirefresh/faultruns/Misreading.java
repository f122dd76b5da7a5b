package io.jenkins.plugins.amirefresh.faultruns;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to overlook something in what AWS answers. */
final class Misreading {

    private static final Pattern OVERRIDES = Pattern.compile("<Overrides>.*?</Overrides>", Pattern.DOTALL);
    private static final Pattern TARGET_GROUPS =
            Pattern.compile("(<(TargetGroupARNs|TrafficSources)>\\s*<member>.*?</member>).*?(</\\2>)", Pattern.DOTALL);

    private final Map<String, String> remembered = new HashMap<>();

    /** Everything between two tags, tags included. */
    static String without(String body, String tag) {
        return body.replaceAll("(?s)<" + tag + ">.*?</" + tag + ">", "");
    }

    /** In overrides alone. */
    static String withoutInOverrides(String body, String tag) {
        return OVERRIDES.matcher(body).replaceAll(found -> Matcher.quoteReplacement(without(found.group(), tag)));
    }

    /** The first target group of each group. */
    static String firstTargetGroup(String body) {
        return TARGET_GROUPS.matcher(body).replaceAll("$1$3");
    }

    /** The tags of a group whose key begins so. */
    static String withoutTags(String body, String key) {
        return body.replaceAll("<member>(?:(?!<member>|</member>).)*<Key>" + key + "[^<]*</Key>.*?</member>", "");
    }

    /** Groups without instances that are on their way. */
    static String withoutPending(String body) {
        return body.replaceAll(
                "(?s)<member>(?:(?!<member>|</member>).)*<LifecycleState>Pending</LifecycleState>.*?</member>", "");
    }

    /** The first answer, again and again. */
    String first(String call, String body) {
        return remembered.computeIfAbsent(call, key -> body);
    }
}
