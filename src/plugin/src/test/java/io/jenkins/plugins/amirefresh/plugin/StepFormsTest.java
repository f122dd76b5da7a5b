package io.jenkins.plugins.amirefresh.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.amirefresh.plugin.step.RecycleAsgsStep;
import io.jenkins.plugins.amirefresh.plugin.step.SmokeTestAsgStep;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepFormsTest {

    @Test
    void whenAFormIsSaved_thenTheStepIsTheSame(JenkinsRule jenkins) throws Exception {
        // given
        RecycleAsgsStep step = new RecycleAsgsStep();
        step.setEnvironments("sandbox, dev");
        step.setWindows("ignore");
        step.setDryRun("true");

        // when
        RecycleAsgsStep saved = new StepConfigTester(jenkins).configRoundTrip(step);

        // then
        assertEquals("sandbox, dev", saved.getEnvironments());
        assertEquals("ignore", saved.getWindows());
        assertEquals("true", saved.getDryRun());
        assertNull(saved.getFamilies());
    }

    @Test
    void whenAFormWritesJson_thenTheStepGetsMaps(JenkinsRule jenkins) {
        // given
        SmokeTestAsgStep step = new SmokeTestAsgStep();

        // when
        step.setChecks("[{\"http\": \"/health\"}]");

        // then
        assertEquals(List.of(Map.of("http", "/health")), step.getChecks());
    }

    @Test
    void whenAFieldHoldsWhatTheStepRefuses_thenTheFormSaysSo(JenkinsRule jenkins) {
        RecycleAsgsStep.DescriptorImpl form = ExtensionList.lookupSingleton(RecycleAsgsStep.DescriptorImpl.class);

        assertEquals(FormValidation.Kind.ERROR, form.doCheckMaxFailures(null, "-3").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckMinHealthyPercentage(null, "101").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckMaxFailures(null, "2").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckCheckpointDelay(null, "5m").kind);
    }

    @Test
    void whenAValueIsNotAllowed_thenOneLineSaysSoInASandbox(JenkinsRule jenkins) throws Exception {
        // given
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("recycleAsgs windows: 'someday'", true));

        // when
        var build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        // then
        jenkins.assertLogContains("windows: 'someday' is not allowed", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void whenAScriptedPipelineMisspellsAParameter_thenItIsRefusedAndNotWarnedOf(JenkinsRule jenkins) throws Exception {
        // given
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("recycleAsgs dryrun: true, regions: 'eu-west-1'", true));

        // when
        var build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        // then
        jenkins.assertLogContains("recycleAsgs has no parameter 'dryrun', did you mean 'dryRun'?", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void whenDryRunIsAVariableThatIsNotSet_thenNothingRuns(JenkinsRule jenkins) throws Exception {
        for (String call : List.of(
                "powerCycle dryRun: params.DRYRUN, regions: 'eu-west-1'",
                "pipeline { agent none; stages { stage('a') { steps { powerCycle dryRun: params.DRYRUN } } } }")) {
            // given
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(call, true));

            // when
            var build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            // then
            jenkins.assertLogContains("dryRun: null is not allowed", build);
            jenkins.assertLogNotContains("\tat ", build);
        }
    }

    @Test
    void whenALiteralOfADeclarativePipelineIsOutOfRange_thenNothingRuns(JenkinsRule jenkins) throws Exception {
        // given
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                """
                pipeline {
                    agent none
                    stages {
                        stage('Now') { steps { echo 'it began' } }
                        stage('Later') {
                            environment { AMI_REFRESH_DRYRUN = 'true' }
                            steps { recycleAsgs minHealthyPercentage: 101 }
                        }
                    }
                }
                """,
                true));

        // when
        var build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        // then
        jenkins.assertLogContains("minHealthyPercentage: '101' is not allowed", build);
        jenkins.assertLogContains("AMI_REFRESH_DRYRUN: there is no such variable", build);
        jenkins.assertLogNotContains("it began", build);
    }
}
