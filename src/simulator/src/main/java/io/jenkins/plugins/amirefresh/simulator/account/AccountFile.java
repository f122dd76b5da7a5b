package io.jenkins.plugins.amirefresh.simulator.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole account file, checked: names are unique where AWS wants it and every reference resolves.
 *
 * @param source the file's name, for messages
 * @param start the simulated moment at which it begins
 * @param seed of ids and of chance
 * @param expect the build result that a rehearsal on this account should have, for example {@code UNSTABLE}; null when
 *     it does not say
 * @param accounts the first is the default one, to which unknown access keys belong; at least one
 * @param documents what web servers outside of AWS hold
 */
public record AccountFile(
        String source,
        Instant start,
        long seed,
        @Nullable String expect,
        List<DeclaredAccount> accounts,
        List<Behaviour> behaviours,
        List<TaskBehaviour> taskBehaviours,
        List<Happening> happenings,
        List<DeclaredFault> faults,
        List<DeclaredDocument> documents) {

    public AccountFile {
        accounts = Lists.orEmpty(accounts);
        behaviours = Lists.orEmpty(behaviours);
        taskBehaviours = Lists.orEmpty(taskBehaviours);
        happenings = Lists.orEmpty(happenings);
        faults = Lists.orEmpty(faults);
        documents = Lists.orEmpty(documents);
    }

    /** The account to which unknown access keys belong. */
    public DeclaredAccount defaultAccount() {
        return accounts.get(0);
    }

    /** The account with this id. */
    public Optional<DeclaredAccount> account(String id) {
        return accounts.stream().filter(account -> account.id().equals(id)).findFirst();
    }
}
