package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Seeded identifiers: the same seed and the same changes give the same ids. A call that only reads takes none from what
 * comes later.
 */
public final class Ids {

    private final SplittableRandom random;
    private final SplittableRandom requests;

    /** @param seed the account's seed */
    public Ids(long seed) {
        this.random = new SplittableRandom(seed);
        this.requests = new SplittableRandom(~seed);
    }

    /** For example {@code next("i")} gives {@code i-0f3a...} with 17 hexadecimal digits. */
    public String next(String prefix) {
        return prefix + "-0" + "%016x".formatted(random.nextLong());
    }

    /** A random UUID in its text form. */
    public String uuid() {
        return uuid(random);
    }

    /** The id of a request. */
    public String requestId() {
        return uuid(requests);
    }

    private static String uuid(SplittableRandom random) {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63)).toString();
    }
}
