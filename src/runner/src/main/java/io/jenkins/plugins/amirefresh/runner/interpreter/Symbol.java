package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A described object such as {@code string(credentialsId: 'x', variable: 'Y')}: a name and its arguments.
 *
 * @param name the symbol
 * @param arguments its arguments by name
 */
public record Symbol(String name, Map<String, @Nullable Object> arguments) implements Serializable {
    /** Copies. */
    public Symbol {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** An argument as text. */
    public String text(String argument, String otherwise) {
        Object value = arguments.get(argument);
        return value == null ? otherwise : value.toString();
    }

    @Override
    public String toString() {
        return "@" + name + arguments;
    }
}
