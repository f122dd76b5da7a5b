package io.jenkins.plugins.amirefresh.plugin.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class OrphanFinisherTest {

    @Test
    void whenAFullDiskTookALockAndNotTheState_thenTheLockIsGivenBack(JenkinsRule jenkins) throws Exception {
        // given
        ControllerServices services = ControllerServices.get();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "weekly");
        job.setDefinition(new CpsFlowDefinition("echo 'over'", true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        StepKey key = StepKey.of(run, "step-3", "recycleAsgs", "{}");
        LockHolder holder = RunRecords.identity(run, "step-3").lockHolder();
        services.activeSteps().add(key, new LeftEnvironment(Map.of("AWS_REGION", "eu-west-1"), false));
        services.locks().acquire(GroupKey.parse("111111111111/eu-west-1/web"), holder);

        // when
        ExtensionList.lookupSingleton(OrphanFinisher.class).execute(TaskListener.NULL);

        // then
        assertTrue(services.locks().holders().isEmpty());
        assertEquals(List.of(), services.activeSteps().all());
    }
}
