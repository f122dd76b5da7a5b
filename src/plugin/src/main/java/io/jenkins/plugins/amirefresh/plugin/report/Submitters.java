package io.jenkins.plugins.amirefresh.plugin.report;

import hudson.model.Item;
import hudson.model.Run;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Who may answer a question of a build, as with Jenkins' own {@code input}. */
final class Submitters {

    private Submitters() {}

    /** Administrators, and the users and groups named; where none is named, who may build the job. */
    static boolean mayAnswer(Run<?, ?> run, List<String> submitters) {
        Authentication user = Jenkins.getAuthentication2();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return true;
        }
        if (submitters.isEmpty()) {
            return run.getParent().hasPermission(Item.BUILD);
        }
        return run.getParent().hasPermission(Item.READ)
                && (submitters.contains(user.getName())
                        || user.getAuthorities().stream()
                                .anyMatch(authority -> submitters.contains(authority.getAuthority())));
    }
}
