package io.jenkins.plugins.amirefresh.faultruns;

/** What all groups of a world have in common. */
enum Theme {
    /** Nothing. */
    NONE,
    /** A warm pool. */
    WARM_POOL,
    /** Spot instances, of which AWS takes some back. */
    SPOT,
    /** One instance, with a network interface that only one instance can have. */
    FIXED_INTERFACE;

    static Theme of(Dice dice) {
        int chance = dice.between(1, 100);
        if (chance <= 7) {
            return WARM_POOL;
        }
        if (chance <= 15) {
            return SPOT;
        }
        return chance <= 20 ? FIXED_INTERFACE : NONE;
    }
}
