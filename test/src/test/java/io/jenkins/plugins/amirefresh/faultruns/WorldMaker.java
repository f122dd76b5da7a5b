package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.scenario.Death;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the world of a seed. */
final class WorldMaker {

    static final String REGION = "eu-west-1";
    static final String OTHER_REGION = "eu-west-2";

    private static final String OTHER_ACCOUNT = "222222222222";

    /** How many worlds nobody disturbs. */
    private static final double QUIET = 0.3;

    static final Instant START = Instant.parse("2026-11-22T19:05:00Z");
    static final List<String> STRATEGIES =
            Stream.concat(RefreshStrategy.names().stream(), Stream.of("auto")).toList();
    static final List<String> ON_ABORT = List.of("finish-batch", "rollback", "leave");
    private static final int MOST_GROUPS = 4;

    /** How long what people did before the start has had to settle. */
    private static final Duration PREPARATION = Duration.ofMinutes(30);

    private final Dice dice;
    private final long seed;
    private final SortedSet<String> traits = new TreeSet<>();
    private final ObjectNode account = JsonNodeFactory.instance.objectNode();
    private final List<String> groups = new ArrayList<>();

    private WorldMaker(long seed) {
        this.seed = seed;
        this.dice = new Dice(seed);
    }

    static World of(long seed) {
        return new WorldMaker(seed).make();
    }

    private World make() {
        account.put("start", START.minus(PREPARATION).toString()).put("seed", seed);
        Set<Kind> kinds = Kind.of(dice);
        kinds.forEach(kind -> traits.add(kind.trait()));
        boolean isQuiet = dice.chance(QUIET);
        traits.add(isQuiet ? "world:quiet" : "world:busy");
        Theme theme = kinds.contains(Kind.RESERVATIONS) ? Theme.NONE : Theme.of(dice);
        List<Move> preparations = new ArrayList<>();
        Duration boot = boot(kinds);
        KindMaker peculiar = new KindMaker(dice, kinds, boot, preparations);
        ArrayNode behaviours = account.putArray("behaviours");
        behaviours.addObject().put("boot", boot.toSeconds() + "s").putObject("match");
        groups(peculiar, theme, preparations);
        TroubleMaker trouble = new TroubleMaker(dice, traits);
        boolean isGood = isQuiet ? trouble.plainMachines(behaviours) : trouble.machines(behaviours);
        if (kinds.contains(Kind.FULL_ZONE)) {
            trouble.fullZone(behaviours);
        }
        // Groups that need reservations are in one zone, which may be the full one: nobody can say whether they should
        // work.
        boolean isOpen = kinds.contains(Kind.FULL_ZONE) && kinds.contains(Kind.RESERVATIONS);
        if (theme == Theme.SPOT && !isQuiet) {
            trouble.spotLoss(behaviours);
        }
        Map<String, Object> parameters = parameters(theme, isQuiet, boot);
        places(parameters);
        ArrayNode faults = account.putArray("faults");
        List<Move> moves = new ArrayList<>(peculiar.moves(groups));
        if (!isQuiet) {
            trouble.calls(faults, START);
            moves.addAll(trouble.moves(groups));
        }
        if (kinds.contains(Kind.STALE_READS)) {
            trouble.stale(faults, START);
        }
        World.HostLife host = isQuiet ? quietHost() : host(parameters);
        return new World(
                seed,
                account.toPrettyString(),
                preparations,
                parameters,
                host,
                isQuiet ? World.Epilogue.NONE : epilogue(),
                moves,
                new World.Nature(kinds, isQuiet, isGood, boot, isOpen ? Set.of() : peculiar.plain()),
                traits);
    }

    private Duration boot(Set<Kind> kinds) {
        return Duration.ofSeconds(
                kinds.contains(Kind.SLOW_APPLICATION) ? dice.between(120, 480) : dice.between(11, 90));
    }

    private void groups(KindMaker peculiar, Theme theme, List<Move> preparations) {
        int places = peculiar.has(Kind.SEVERAL_PLACES) ? dice.between(2, 3) : 1;
        ArrayNode accounts = account.putArray("accounts");
        for (int place = 1; place <= places; place++) {
            boolean isElsewhere = place == 3;
            ArrayNode regions = isElsewhere || place == 1
                    ? accounts.addObject()
                            .put("id", isElsewhere ? OTHER_ACCOUNT : "111111111111")
                            .putArray("regions")
                    : accounts.get(0).withArray("regions");
            ObjectNode region = regions.addObject().put("name", place == 2 ? OTHER_REGION : REGION);
            int count = places == 1 ? dice.geometric(1.7, MOST_GROUPS) : 1;
            new GroupMaker(dice, region, place, traits, theme, peculiar, preparations).make(count, groups);
            if (isElsewhere) {
                ((ObjectNode) accounts.get(1)).putArray("roles").addObject().put("name", "ami-refresh");
            }
        }
    }

    /** Where the run works, when it is not the one place that the host is set to. */
    private void places(Map<String, Object> parameters) {
        int places = 0;
        for (JsonNode declared : account.path("accounts")) {
            places += declared.path("regions").size();
        }
        if (places > 1) {
            parameters.put("regions", List.of(REGION, OTHER_REGION));
        }
        if (places > 2) {
            parameters.put("accounts", List.of("self", "arn:aws:iam::" + OTHER_ACCOUNT + ":role/ami-refresh"));
        }
    }

    private Map<String, Object> parameters(Theme theme, boolean isQuiet, Duration boot) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("windows", "ignore");
        parameters.put("strategy", strategy(theme));
        if (dice.chance(0.5)) {
            int size = dice.geometric(3, 10);
            parameters.put("batchSize", size + (dice.chance(0.3) ? "0%" : ""));
        }
        if (dice.chance(0.25)) {
            int least = dice.one(List.of(0, 50, 75, 90, 99));
            parameters.put("minHealthyPercentage", least);
            if (dice.chance(0.5)) {
                parameters.put("maxHealthyPercentage", Math.min(least + 100, dice.one(List.of(100, 110, 150))));
            }
        }
        if (isQuiet) {
            if (dice.chance(0.5)) {
                parameters.put("instanceWarmup", boot.toSeconds() + dice.between(20, 60) + "s");
            }
        } else {
            limits(parameters);
        }
        parameters.put("checkpointDelay", dice.between(0, 4) + "m");
        if (dice.chance(0.6)) {
            parameters.put("scaleInProtectedInstances", dice.one(List.of("Refresh", "Ignore", "Wait")));
        }
        if (dice.chance(0.6)) {
            parameters.put("standbyInstances", dice.one(List.of("Terminate", "Ignore", "Wait")));
        }
        parameters.put("onFailure", dice.chance(0.75) ? "rollback" : "stop");
        parameters.put("holdOn", dice.one(List.of("any", "none")));
        parameters.put("failOn", dice.one(List.of("any", "any", "broken", "none")));
        parameters.put("maxConcurrent", dice.between(1, MOST_GROUPS));
        return parameters;
    }

    private void limits(Map<String, Object> parameters) {
        if (dice.chance(0.3)) {
            parameters.put("instanceWarmup", dice.between(0, 120) + "s");
        }
        parameters.put("instanceTimeLimit", dice.between(3, 8) + "m");
        parameters.put("batchTimeLimit", dice.between(6, 20) + "m");
        parameters.put("timeLimit", dice.between(12, 50) + "m");
    }

    /** Lives to its end, though perhaps in many lives. */
    private World.HostLife quietHost() {
        return new World.HostLife(dice.one(List.of(0, 0, 0, 0, 3)), new TreeMap<>(), 0);
    }

    private String strategy(Theme theme) {
        // A group with a warm pool is refused by all others.
        boolean isManaged = theme == Theme.WARM_POOL && dice.chance(0.8);
        String strategy = dice.one(isManaged ? List.of("instance-refresh", "auto") : STRATEGIES);
        traits.add("strategy:" + strategy);
        return strategy;
    }

    private World.HostLife host(Map<String, Object> parameters) {
        int restartsIn = dice.chance(0.6) ? 0 : dice.one(List.of(3, 10, 10, 30, 30, 100));
        if (restartsIn > 0) {
            traits.add("restart:" + (restartsIn == 100 ? "every-tick" : "some-ticks"));
        }
        SortedMap<Integer, Death.Moment> deaths = new TreeMap<>();
        if (dice.chance(0.35)) {
            for (int i = dice.geometric(2, 6); i > 0; i--) {
                deaths.put(dice.geometric(8, 80), dice.one(List.of(Death.Moment.values())));
            }
        }
        int abortAfter = dice.chance(0.3) ? dice.geometric(20, 200) : 0;
        if (abortAfter > 0) {
            String onAbort = dice.one(ON_ABORT);
            parameters.put("onAbort", onAbort);
            traits.add("abort:" + onAbort);
        }
        return new World.HostLife(restartsIn, deaths, abortAfter);
    }

    private World.Epilogue epilogue() {
        int chance = dice.between(1, 100);
        if (chance > 40) {
            return World.Epilogue.NONE;
        }
        World.Epilogue epilogue = dice.one(List.of(World.Epilogue.values()));
        traits.add("epilogue:" + epilogue.name().toLowerCase(java.util.Locale.ROOT));
        return epilogue;
    }

    /** After the start, when most is under way. */
    static Duration soon(Dice dice) {
        return Duration.ofSeconds(dice.geometric(400, 7200));
    }
}
