package io.jenkins.plugins.amirefresh.plugin;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that restarts while a step is somewhere in its work; the step goes on and does nothing twice. */
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedAws aws = new SimulatedAws();

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            recycleAsgs asgs: 'shop-web-sandbox', windows: 'ignore', strategy: 'instance-refresh', credentialsId: 'keys' | starting an instance refresh | refreshed: all instances healthy
            recycleAsgs asgs: 'shop-web-sandbox', windows: 'ignore', strategy: 'in-out', credentialsId: 'keys' | shop-web-sandbox: starting | refreshed: all instances healthy
            recycleAsgs asgs: 'shop-web-sandbox', windows: 'ignore', strategy: 'out-in', credentialsId: 'keys' | shop-web-sandbox: starting | refreshed: all instances healthy
            rollbackAsgs asgs: 'shop-web-sandbox', reason: 'a test', credentialsId: 'keys' | [Pipeline] rollbackAsgs | END
            restoreAsgs asgs: 'shop-web-sandbox', credentialsId: 'keys' | [Pipeline] restoreAsgs | END
            smokeTestAsg asgs: 'shop-web-sandbox', checks: [[http: '/health', status: 204]], interval: '20s', retries: 4, failOn: 'none', credentialsId: 'keys' | groups to test in | END
            updateLaunchTemplates ami: 'newest', credentialsId: 'keys' | updateLaunchTemplates: working in | END
            notifySlack event: 'start' | [Pipeline] notifySlack | END
            refreshReport() | [Pipeline] refreshReport | END
            """)
    void whenTheControllerRestarts_thenTheStepGoesOn(String step, String message, String end) throws Throwable {
        sessions.then(jenkins -> {
            aws.serve();
            newest(
                    jenkins,
                    "updateLaunchTemplates ami: 'newest', credentialsId: 'keys'\n" + step + "\necho 'END'",
                    message);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = build();
            jenkins.waitForCompletion(run);
            jenkins.assertBuildStatusSuccess(run);
            jenkins.assertLogContains(end, run);
        });
    }

    @Test
    void whenTheControllerRestartsInAWindowWait_thenTheStepGoesOnWaiting() throws Throwable {
        sessions.then(jenkins -> {
            aws.serve();
            newest(
                    jenkins,
                    "updateLaunchTemplates ami: 'newest', credentialsId: 'keys'\n"
                            + "recycleAsgs asgs: 'shop-web-prod', credentialsId: 'keys'",
                    "waiting for its window");
        });
        sessions.then(jenkins -> {
            WorkflowRun run = build();
            jenkins.waitForMessage("Ready to run", run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
    }

    private static void newest(JenkinsRule jenkins, String script, String message) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "weekly");
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.waitForMessage(message, job.scheduleBuild2(0).waitForStart());
    }

    private static WorkflowRun build() {
        return jenkins.model.Jenkins.get()
                .getItemByFullName("weekly", WorkflowJob.class)
                .getBuildByNumber(1);
    }
}
