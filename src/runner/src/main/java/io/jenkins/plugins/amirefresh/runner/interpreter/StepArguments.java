package io.jenkins.plugins.amirefresh.runner.interpreter;

import groovy.lang.Closure;
import groovy.lang.GString;
import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of one step call, by name, and its block. */
public final class StepArguments {
    private final StepSignature signature;
    private final Map<String, @Nullable Object> named;
    private final @Nullable Closure<?> body;

    private StepArguments(StepSignature signature, Map<String, @Nullable Object> named, @Nullable Closure<?> body) {
        this.signature = signature;
        this.named = named;
        this.body = body;
    }

    /** Sorts what Groovy passed to a step: a map of named arguments or one unnamed one, then maybe a block. */
    static StepArguments of(StepSignature signature, @Nullable Object passed) {
        List<Object> values = new ArrayList<>(passed instanceof Object[] array ? Arrays.asList(array) : listOf(passed));
        Closure<?> body = null;
        int last = values.size() - 1;
        if (last >= 0 && signature.body() != StepSignature.Body.NONE && values.get(last) instanceof Closure<?> code) {
            body = code;
            values.remove(last);
        }
        Map<String, @Nullable Object> named = named(signature, values);
        check(signature, named, body);
        return new StepArguments(signature, named, body);
    }

    private static List<Object> listOf(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }

    private static Map<String, @Nullable Object> named(StepSignature signature, List<Object> values) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        if (values.isEmpty()) {
            return named;
        }
        if (values.size() > 1) {
            throw new IllegalArgumentException(signature.name() + ": name the arguments; "
                    + "only one can be given without its name (it takes " + signature.parameterNames() + ")");
        }
        Object only = values.get(0);
        if (only instanceof Map<?, ?> map && !map.containsKey("$class")) {
            map.forEach((key, value) -> named.put(String.valueOf(key), plain(value)));
        } else if (signature.unnamed() != null) {
            named.put(signature.unnamed(), plain(only));
        } else {
            throw new IllegalArgumentException(
                    signature.name() + ": the argument must be named (it takes " + signature.parameterNames() + ")");
        }
        return named;
    }

    private static void check(StepSignature signature, Map<String, @Nullable Object> named, @Nullable Closure<?> body) {
        for (String name : named.keySet()) {
            if (!signature.knows(name)) {
                throw new UnknownParameterException(signature, name);
            }
        }
        for (StepParameter parameter : signature.parameters()) {
            if (parameter.isRequired() && named.get(parameter.name()) == null) {
                throw new IllegalArgumentException(
                        signature.name() + ": the parameter '" + parameter.name() + "' is missing");
            }
        }
        if (body == null && signature.body() == StepSignature.Body.REQUIRED) {
            throw new IllegalStateException(signature.name() + " step must be called with a body");
        }
    }

    /** Text with its values put in, and copies of lists and maps, so that nothing lazy is kept. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof GString text) {
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(k instanceof GString ? k.toString() : k, plain(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(v -> copy.add(plain(v)));
            return copy;
        }
        return value;
    }

    /** All arguments that were given, by name. */
    public Map<String, @Nullable Object> named() {
        return Collections.unmodifiableMap(named);
    }

    /** The block. */
    public Optional<Closure<?>> body() {
        return Optional.ofNullable(body);
    }

    /** The value of a parameter; empty if it was not given or is null. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** A required parameter as text. */
    public String text(String name) {
        return text(name, "");
    }

    /** A parameter as text. */
    public String text(String name, String otherwise) {
        return value(name).map(String::valueOf).orElse(otherwise);
    }

    /** A parameter as a whole number; refuses what is none. */
    public long number(String name, long otherwise) throws AbortException {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Number number) {
            return number.longValue();
        }
        try {
            return Long.parseLong(String.valueOf(value.get()).trim());
        } catch (NumberFormatException e) {
            throw new AbortException(
                    signature.name() + ": " + name + " must be a whole number, not '" + value.get() + "'", e);
        }
    }

    /** A parameter as a boolean; refuses what is none. */
    public boolean flag(String name, boolean otherwise) throws AbortException {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        String text = String.valueOf(value.get());
        if (!text.equals("true") && !text.equals("false")) {
            throw new AbortException(signature.name() + ": " + name + " must be true or false, not '" + text + "'");
        }
        return text.equals("true");
    }

    /** A parameter as a list; one value that is no list counts as a list of one. */
    public List<Object> list(String name) {
        Object value = named.get(name);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
    }
}
