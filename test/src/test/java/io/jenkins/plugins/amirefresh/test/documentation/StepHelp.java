package io.jenkins.plugins.amirefresh.test.documentation;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import java.util.List;

/** The text that Jenkins shows for a global variable, made from the step's own declaration. */
final class StepHelp {

    private static final int WIDTH = 110;

    private StepHelp() {}

    static String of(StepDefinition step) {
        StringBuilder text = new StringBuilder(step.functionName()).append('\n').append('\n');
        wrap(text, "", step.summary());
        text.append('\n');
        wrap(
                text,
                "",
                step.needsAgent() ? "Needs an agent: call it inside a node or a stage with one." : "Needs no agent.");
        text.append("\nParameters\n");
        step.parameters().forEach(spec -> parameter(text, spec));
        return text.toString();
    }

    private static void parameter(StringBuilder text, ParameterSpec spec) {
        text.append("\n").append(spec.name()).append(" (").append(kind(spec)).append(")\n");
        wrap(text, "    ", spec.help());
        if (spec.required()) {
            text.append("    Required.\n");
        } else if (!spec.defaultText().isEmpty()) {
            wrap(text, "    ", "Default: " + spec.defaultText() + ".");
        }
    }

    private static String kind(ParameterSpec spec) {
        return switch (spec.type()) {
            case TEXT -> "text";
            case INTEGER -> "number";
            case BOOLEAN -> "true or false";
            case SIZE -> "number or percentage: 3, '25%'";
            case INTEGER_OR_CHOICE -> "number, or " + String.join(", ", spec.choices());
            case DURATION -> "duration: '15m', '4h', 'PT90S' or seconds";
            case CHOICE -> "one of " + String.join(", ", spec.choices());
            case LIST -> "list, or text with commas";
            case MAP -> spec.choices().isEmpty() ? "map" : "map with " + String.join(", ", spec.choices());
            case LIST_OF_MAPS -> "list of maps with " + String.join(", ", spec.choices());
        };
    }

    private static void wrap(StringBuilder text, String indent, String words) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : List.of(words.split(" "))) {
            if (line.length() + word.length() > WIDTH && line.length() > indent.length()) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    static String fileName(StepDefinition step) {
        return step.functionName() + ".txt";
    }
}
