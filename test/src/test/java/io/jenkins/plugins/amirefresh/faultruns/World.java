package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.scenario.Death;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One random world.
 *
 * @param account the account file's text
 * @param preparations what people did before anybody looks
 * @param parameters of {@code recycleAsgs}
 * @param epilogue the step that follows
 * @param nature what may be expected of it
 * @param traits what is in it, for the counts; whether it also came to happen is counted by the run
 */
record World(
        long seed,
        String account,
        List<Move> preparations,
        Map<String, Object> parameters,
        HostLife host,
        Epilogue epilogue,
        List<Move> moves,
        Nature nature,
        SortedSet<String> traits) {

    /** In minutes, what a group may take at the most without a limit. */
    private static final int UNLIMITED = 300;

    /**
     * What may be expected of a world.
     *
     * @param kinds what is peculiar about it
     * @param isQuiet nobody else acts, no call meets a fault, and the build lives to its end
     * @param isGood the new images are as good as the old ones, and those do not break by themselves
     * @param boot how long a machine takes until its application answers
     * @param plain groups that nothing keeps from being refreshed
     */
    record Nature(Set<Kind> kinds, boolean isQuiet, boolean isGood, Duration boot, Set<String> plain) {

        boolean has(Kind kind) {
            return kinds.contains(kind);
        }
    }

    /**
     * What becomes of the host.
     *
     * @param restartsIn of a hundred ticks, after how many everything in memory is dropped
     * @param deaths calls at which it is killed, counted from 1
     * @param abortAfter the tick after which the build is aborted; 0: never
     */
    record HostLife(int restartsIn, SortedMap<Integer, Death.Moment> deaths, int abortAfter) {

        /** The build goes on after this tick in a fresh host. */
        boolean restartsAfter(int tick) {
            return Math.floorMod(tick * 7919, 100) < restartsIn;
        }
    }

    /** The step after {@code recycleAsgs}. */
    enum Epilogue {
        NONE,
        SMOKE_TEST,
        ROLLBACK,
        RESTORE,
        /** The build is gone for good in the middle, and another one restores. */
        VANISH
    }

    /** Where the run works, for other builds. */
    Map<String, Object> places() {
        Map<String, Object> places = new TreeMap<>(parameters);
        places.keySet().retainAll(Set.of("regions", "accounts"));
        return places;
    }

    /** The limit of one group that the parameters set, in minutes. */
    int groupLimitMinutes() {
        return Integer.parseInt(
                String.valueOf(parameters.getOrDefault("timeLimit", UNLIMITED)).replace("m", ""));
    }

    @Override
    public String toString() {
        return "world " + seed + "\nparameters " + parameters + "\nhost " + host + "\nepilogue " + epilogue
                + "\npreparations " + preparations + "\nmoves " + moves + "\ntraits " + traits + "\naccount " + account;
    }
}
