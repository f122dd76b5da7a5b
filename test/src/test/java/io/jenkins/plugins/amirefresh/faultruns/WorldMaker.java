package io.jenkins.plugins.amirefresh.faultruns;

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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the world of a seed. */
final class WorldMaker {

    static final String REGION = "eu-west-1";
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
        ObjectNode region = account.putArray("accounts")
                .addObject()
                .put("id", "111111111111")
                .putArray("regions")
                .addObject()
                .put("name", REGION);
        ArrayNode behaviours = account.putArray("behaviours");
        behaviours.addObject().put("boot", dice.between(11, 90) + "s").putObject("match");
        Theme theme = Theme.of(dice);
        GroupMaker maker = new GroupMaker(dice, region, traits, theme);
        maker.make(dice.geometric(1.7, MOST_GROUPS), groups);
        new TroubleMaker(dice, traits).machines(behaviours);
        if (theme == Theme.SPOT) {
            new TroubleMaker(dice, traits).spotLoss(behaviours);
        }
        Map<String, Object> parameters = parameters(theme);
        new TroubleMaker(dice, traits).calls(account.putArray("faults"), START);
        List<Move> moves = new TroubleMaker(dice, traits).moves(groups);
        World.HostLife host = host(parameters);
        return new World(
                seed, account.toPrettyString(), maker.preparations(), parameters, host, epilogue(), moves, traits);
    }

    private Map<String, Object> parameters(Theme theme) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("windows", "ignore");
        parameters.put("strategy", strategy(theme));
        if (dice.chance(0.5)) {
            int size = dice.geometric(3, 10);
            parameters.put("batchSize", size + (dice.chance(0.3) ? "0%" : ""));
        }
        if (dice.chance(0.25)) {
            parameters.put("minHealthyPercentage", dice.one(List.of(0, 50, 75, 90, 99)));
            if (dice.chance(0.5)) {
                parameters.put("maxHealthyPercentage", dice.one(List.of(100, 110, 150)));
            }
        }
        if (dice.chance(0.3)) {
            parameters.put("instanceWarmup", dice.between(0, 120) + "s");
        }
        parameters.put("instanceTimeLimit", dice.between(3, 8) + "m");
        parameters.put("batchTimeLimit", dice.between(6, 20) + "m");
        parameters.put("timeLimit", dice.between(12, 50) + "m");
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
