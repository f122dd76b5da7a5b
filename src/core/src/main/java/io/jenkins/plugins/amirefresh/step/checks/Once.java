package io.jenkins.plugins.amirefresh.step.checks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is read when somebody asks for the first time, and kept for the others. Thread: one. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> read;
    private @Nullable T value;

    /** @param read called at most once */
    public Once(Supplier<T> read) {
        this.read = read;
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = read.get();
            value = known;
        }
        return known;
    }
}
