package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredQuotas;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Account files for tests. */
final class Fixtures {

    static final Instant START = Instant.parse("2026-11-22T17:00:00Z");

    private Fixtures() {}

    static AccountFile account() {
        return account(List.of(), List.of());
    }

    static AccountFile account(List<DeclaredFault> faults, List<Happening> happenings) {
        var region = new DeclaredRegion(
                1,
                "eu-west-1",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                new DeclaredQuotas(0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var first = new DeclaredAccount(1, "111111111111", "main", List.of("AKIDMAIN"), List.of(), List.of(region));
        var second =
                new DeclaredAccount(1, "222222222222", "second", List.of("AKIDSECOND"), List.of(), List.of(region));
        return new AccountFile(
                "test", START, 7, null, List.of(first, second), List.of(), List.of(), happenings, faults, List.of());
    }
}
