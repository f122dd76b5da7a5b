package io.jenkins.plugins.amirefresh.faultruns;

import java.util.List;
import java.util.SplittableRandom;

/** A world's own chance. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** 1 or more, with this mean, at most {@code most}. */
    int geometric(double mean, int most) {
        int value = 1;
        while (value < most && random.nextDouble() >= 1 / mean) {
            value++;
        }
        return value;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
