package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.scenario.Death;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One random world.
 *
 * @param account the account file's text
 * @param preparations what people did before anybody looks
 * @param parameters of {@code recycleAsgs}
 * @param epilogue the step that follows
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
        SortedSet<String> traits) {

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

    /** The limit of one group that the parameters set, in minutes. */
    int groupLimitMinutes() {
        return Integer.parseInt(String.valueOf(parameters.get("timeLimit")).replace("m", ""));
    }

    @Override
    public String toString() {
        return "world " + seed + "\nparameters " + parameters + "\nhost " + host + "\nepilogue " + epilogue
                + "\npreparations " + preparations + "\nmoves " + moves + "\ntraits " + traits + "\naccount " + account;
    }
}
