package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.SplittableRandom;
import java.util.UUID;

/** Seeded identifiers: the same seed and the same calls give the same ids. */
public final class Ids {

    private final SplittableRandom random;

    /** @param seed the account's seed */
    public Ids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** For example {@code next("i")} gives {@code i-0f3a...} with 17 hexadecimal digits. */
    public String next(String prefix) {
        return prefix + "-0" + "%016x".formatted(random.nextLong());
    }

    /** A random UUID in its text form. */
    public String uuid() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63)).toString();
    }
}
