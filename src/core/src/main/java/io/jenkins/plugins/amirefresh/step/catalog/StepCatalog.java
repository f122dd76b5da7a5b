package io.jenkins.plugins.amirefresh.step.catalog;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.buildami.BuildAmiStep;
import io.jenkins.plugins.amirefresh.step.ecs.UpdateEcsService;
import io.jenkins.plugins.amirefresh.step.events.RecycleOnEvents;
import io.jenkins.plugins.amirefresh.step.fleetreport.FleetReport;
import io.jenkins.plugins.amirefresh.step.hold.ReleaseHold;
import io.jenkins.plugins.amirefresh.step.launchtemplates.UpdateLaunchTemplatesStep;
import io.jenkins.plugins.amirefresh.step.powercycle.PowerCycle;
import io.jenkins.plugins.amirefresh.step.recycle.RecycleAsgs;
import io.jenkins.plugins.amirefresh.step.report.RefreshReport;
import io.jenkins.plugins.amirefresh.step.restore.RestoreAsgs;
import io.jenkins.plugins.amirefresh.step.retire.RetireAmis;
import io.jenkins.plugins.amirefresh.step.rollback.RollbackAsgs;
import io.jenkins.plugins.amirefresh.step.slack.NotifySlack;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTestAsg;
import java.util.List;

/** Every step of the product; hosts offer all of them and nothing else. */
public final class StepCatalog {

    private StepCatalog() {}

    /** The steps, in the order a weekly pipeline uses them. */
    public static List<StepDefinition> all() {
        return List.of(
                new BuildAmiStep(),
                new UpdateLaunchTemplatesStep(),
                new RecycleAsgs(),
                new RollbackAsgs(),
                new RestoreAsgs(),
                new ReleaseHold(),
                new SmokeTestAsg(),
                new RecycleOnEvents(),
                new PowerCycle(),
                new RetireAmis(),
                new NotifySlack(),
                new UpdateEcsService(),
                new FleetReport(),
                new RefreshReport());
    }
}
