package io.jenkins.plugins.amirefresh.simulator.account;

import org.jspecify.annotations.Nullable;

/** Texts with {@code *}, without regular expressions. */
public final class Wildcard {

    private Wildcard() {}

    /** Whether {@code text} fits {@code pattern}; a null pattern fits everything. */
    public static boolean matches(@Nullable String pattern, @Nullable String text) {
        if (pattern == null) {
            return true;
        }
        return text != null && matches(pattern, 0, text, 0);
    }

    private static boolean matches(String pattern, int patternFrom, String text, int textFrom) {
        int p = patternFrom;
        int t = textFrom;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
