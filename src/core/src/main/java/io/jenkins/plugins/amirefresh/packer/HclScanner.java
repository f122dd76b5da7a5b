package io.jenkins.plugins.amirefresh.packer;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks over the text of an HCL2 file: comments, strings with interpolation, heredocs.
 *
 * <p>Source: HCL Native Syntax Specification, "Lexical Elements", "Template Expressions".
 */
final class HclScanner {

    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{N}\\p{M}\\p{Pc}_-]*");

    private static final Pattern HEREDOC = Pattern.compile("<<-?([A-Za-z_][A-Za-z0-9_-]*)[ \\t]*\\r?\\n");

    private final String text;
    private int at;

    /** @param text a file's; a byte order mark at its start is left out, as Packer does */
    HclScanner(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean take(char expected) {
        if (!atEnd() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Skips white space, line ends and comments. */
    void skipSpace() {
        while (!atEnd()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (!skipComment()) {
                return;
            }
        }
    }

    /** Skips white space within a line. */
    void skipBlanks() {
        while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    String identifier() {
        Matcher matcher = IDENTIFIER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw error("a name is expected");
        }
        at = matcher.end();
        return matcher.group();
    }

    /** A block's label: a quoted string or a name. */
    String label() {
        if (atEnd()) {
            throw error("a block is not opened");
        }
        if (text.charAt(at) != '"') {
            return identifier();
        }
        int start = at;
        skipString();
        return text.substring(start + 1, at - 1);
    }

    /** Everything up to the end of the line, brackets, strings and heredocs taken whole. */
    String expression() {
        int start = at;
        int depth = 0;
        while (!atEnd()) {
            char c = text.charAt(at);
            if (depth == 0 && (c == '\n' || c == '}' || startsComment())) {
                break;
            }
            if (skipComment() || skipHeredoc()) {
                continue;
            }
            if (c == '"') {
                skipString();
                continue;
            }
            depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
            depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
            at++;
        }
        if (depth > 0) {
            throw error("a bracket is not closed");
        }
        return text.substring(start, at).trim();
    }

    /**
     * The quoted strings of an expression that is a list of nothing else; empty when anything else is in it.
     *
     * @param found takes each, as it is written between its quotes
     */
    boolean strings(Consumer<String> found) {
        skipSpace();
        if (!take('[')) {
            return false;
        }
        while (true) {
            skipSpace();
            if (take(']')) {
                skipSpace();
                return atEnd();
            }
            if (atEnd() || text.charAt(at) != '"') {
                return false;
            }
            found.accept(label());
            skipSpace();
            take(',');
        }
    }

    IllegalArgumentException error(String what) {
        long line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new IllegalArgumentException("line " + line + ": " + what);
    }

    private boolean startsComment() {
        return text.startsWith("#", at) || text.startsWith("//", at) || text.startsWith("/*", at);
    }

    private boolean skipComment() {
        if (!startsComment()) {
            return false;
        }
        boolean block = text.startsWith("/*", at);
        int end = text.indexOf(block ? "*/" : "\n", at + (block ? 2 : 0));
        if (end < 0 && block) {
            throw error("a comment is not closed");
        }
        at = end < 0 ? text.length() : end + (block ? 2 : 0);
        return true;
    }

    private boolean skipHeredoc() {
        Matcher start = HEREDOC.matcher(text).region(at, text.length());
        if (!start.lookingAt()) {
            return false;
        }
        Matcher end = Pattern.compile("(?m)^[ \\t]*" + Pattern.quote(start.group(1)) + "[ \\t]*\\r?$")
                .matcher(text);
        if (!end.find(start.end())) {
            throw error("a heredoc is not closed");
        }
        at = end.end();
        return true;
    }

    /** Over a quoted string, with the strings inside its interpolations. */
    private void skipString() {
        at++;
        int braces = 0;
        while (!atEnd()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (braces == 0 && c == '"') {
                at++;
                return;
            } else if (braces > 0 && c == '"') {
                skipString();
            } else if (braces == 0 && c == '\n') {
                break;
            } else {
                braces += interpolationDepth(c, braces);
                at++;
            }
        }
        throw error("a string is not closed");
    }

    private int interpolationDepth(char c, int braces) {
        if (braces == 0) {
            boolean opens = c == '{' && at > 0 && (text.charAt(at - 1) == '$' || text.charAt(at - 1) == '%');
            return opens && !isEscapedInterpolation() ? 1 : 0;
        }
        return c == '{' ? 1 : c == '}' ? -1 : 0;
    }

    /** A doubled sign before the brace makes it text. */
    private boolean isEscapedInterpolation() {
        return at > 1 && text.charAt(at - 2) == text.charAt(at - 1);
    }
}
