package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import io.jenkins.plugins.amirefresh.step.Probes;
import io.jenkins.plugins.amirefresh.step.Probes.Answer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Asks over the network, from the controller or from the node. */
final class NetworkAsker {

    private static final Optional<Reply> NOBODY = Optional.of(Reply.of(Finding.notAsked("has no address to ask")));

    private final Question question;

    NetworkAsker(Question question) {
        this.question = question;
    }

    /** Empty while the answer is on its way. */
    Optional<Reply> http(Trial trial, Check.Http check) {
        if (trial.subject().address().isEmpty()) {
            return NOBODY;
        }
        URI uri = URI.create(
                check.scheme() + "://" + trial.subject().address() + ":" + port(trial, check) + check.path());
        return probes(check)
                .http(question.key(trial.key()), uri, Map.of(), check.basics().timeLimit())
                .map(answer -> Reply.of(
                        answer instanceof Answer.Http http
                                ? check.judge(http.status(), http.body())
                                : without(answer)));
    }

    // A target group's port is the instances'; a load balancer listens where its listeners say, as a rule on the usual
    // port.
    private int port(Trial trial, Check.Http check) {
        int usual = check.scheme().equals("https") ? 443 : 80;
        if (check.port() > 0) {
            return check.port();
        }
        return trial.subject().isInstance() && question.backendPort() > 0 ? question.backendPort() : usual;
    }

    /** Empty while the answer is on its way. */
    Optional<Reply> tcp(Trial trial, Check.Tcp check) {
        if (trial.subject().address().isEmpty()) {
            return NOBODY;
        }
        return probes(check)
                .tcp(
                        question.key(trial.key()),
                        trial.subject().address(),
                        check.port(),
                        check.basics().timeLimit())
                .map(answer -> Reply.of(
                        answer instanceof Answer.Connected
                                ? Finding.passed("accepted the connection")
                                : without(answer)));
    }

    private Probes probes(Check check) {
        return check.basics().fromAgent()
                ? question.host().agentProbes()
                : question.host().probes();
    }

    private static Finding without(Answer answer) {
        if (answer instanceof Answer.NotSent notSent) {
            return Finding.notAsked("could not be asked: " + notSent.reason());
        }
        if (answer instanceof Answer.Silent silent) {
            return Finding.silent("did not answer in time: " + silent.reason());
        }
        String reason = answer instanceof Answer.NoAnswer refused ? refused.reason() : answer.toString();
        return Finding.failed("no answer", "did not answer: " + reason);
    }
}
