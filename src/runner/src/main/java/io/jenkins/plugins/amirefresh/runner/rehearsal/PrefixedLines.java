package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.runner.build.Console;
import java.util.List;

/** Writes the lines of one console to another, each after a name. */
final class PrefixedLines implements Appendable {
    private final Console console;
    private final String name;

    PrefixedLines(Console console, String name) {
        this.console = console;
        this.name = name;
    }

    /** One whole line with its end. */
    @Override
    public Appendable append(CharSequence line) {
        String text = line.toString();
        console.print(List.of(name), List.of(), text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) {
        return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) {
        return append(String.valueOf(c));
    }
}
