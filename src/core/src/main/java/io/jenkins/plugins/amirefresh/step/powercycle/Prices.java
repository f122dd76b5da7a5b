package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerTarget;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an hour of an instance costs, by id, name or instance type, or {@code *}; in whatever currency they are given. */
record Prices(Map<String, BigDecimal> byName) {

    private static final BigDecimal MOST = new BigDecimal("10000");

    /** Copies the map. */
    Prices {
        byName = Map.copyOf(byName);
    }

    /** @throws ParameterException for one that is no price, or prices without {@code savings} */
    static Prices of(Parameters parameters) {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        parameters.map(PowerCycle.PRICES).forEach((name, value) -> prices.put(name, price(name, value)));
        if (!prices.isEmpty() && !parameters.flag(PowerCycle.SAVINGS)) {
            throw ParameterException.about(
                    PowerCycle.SAVINGS, "it is not true, and prices are given, which are for it alone");
        }
        return new Prices(prices);
    }

    private static BigDecimal price(String name, Object value) {
        String text = value.toString().trim();
        if (text.matches("[0-9]{1,5}([.][0-9]{1,9})?") && new BigDecimal(text).compareTo(MOST) <= 0) {
            return new BigDecimal(text);
        }
        throw ParameterException.of(PowerCycle.PRICES + "." + name, value, "the price of an hour, such as 0.0912");
    }

    Optional<BigDecimal> of(PowerTarget target) {
        return Stream.of(target.id(), target.name(), target.instanceType(), "*")
                .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                .findFirst();
    }
}
