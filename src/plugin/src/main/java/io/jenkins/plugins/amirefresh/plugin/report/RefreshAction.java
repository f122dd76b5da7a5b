package io.jenkins.plugins.amirefresh.plugin.report;

import hudson.model.BuildBadgeAction;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.report.Measurements;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.ReportJson;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * The refresh on the page of its build: a summary, a badge, and the report, made from the run's record whenever somebody
 * looks, so it is there while the build runs and after it was killed. Who may read the build may read it.
 */
public final class RefreshAction implements RunAction2, BuildBadgeAction {

    private transient @Nullable Run<?, ?> run;

    /** Adds the page to a build, once. */
    public static void addTo(Run<?, ?> run) {
        synchronized (run) {
            if (run.getAction(RefreshAction.class) != null) {
                return;
            }
            run.addAction(new RefreshAction());
        }
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException("adding the report to " + run, e);
        }
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    @Override
    public String getIconFileName() {
        return "symbol-refresh";
    }

    @Override
    public String getDisplayName() {
        return Messages.RefreshAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "ami-refresh";
    }

    /** The build; for the pages. */
    public Run<?, ?> getRun() {
        Run<?, ?> build = run;
        if (build == null) {
            throw new IllegalStateException("the report belongs to no build");
        }
        return build;
    }

    /** The report up to now; for the pages. */
    public RunReport getReport() {
        Run<?, ?> build = getRun();
        RunHistory history = RunHistory.of(RunRecords.get().read(build).events());
        RunIdentity identity = RunRecords.identity(build, "");
        Result result = build.getResult();
        Instant ended = build.isBuilding()
                ? RunRecords.get().now()
                : identity.startedAt().plusMillis(build.getDuration());
        RunReport.Run told = new RunReport.Run(
                identity.id(), identity.jobName(), identity.buildNumber(), identity.buildUrl(), identity.cause());
        BuildStatus status = new BuildStatus(result == null ? "" : result.toString(), "");
        if (build.isBuilding()) {
            return RunReports.soFar(told, status, identity.startedAt(), ended, history, Measurements.NONE);
        }
        return RunReports.of(told, status, identity.startedAt(), ended, history, Measurements.NONE);
    }

    /** What a step kept with the build while it ran says how it ended from now on. */
    public static void finish(Run<?, ?> run) {
        RefreshAction action = run.getAction(RefreshAction.class);
        Path json = RunRecords.folder(run).resolve("report.json");
        if (action == null || !Files.exists(json)) {
            return;
        }
        try {
            RunReport report = action.getReport();
            Files.writeString(json, ReportJson.of(report));
            Files.writeString(json.resolveSibling("report.html"), ReportHtml.of(report));
        } catch (IOException e) {
            throw new UncheckedIOException("writing the report of " + run, e);
        }
    }

    /** One line for the build's own page. */
    public String getSummary() {
        return summaryOf(getReport());
    }

    /** One line for a page that shows this report. */
    public String summaryOf(RunReport report) {
        return Messages.RefreshAction_summary(
                report.groups().size(),
                report.count(GroupOutcome.REFRESHED),
                report.count(GroupOutcome.ROLLED_BACK),
                report.count(GroupOutcome.SKIPPED),
                report.groups().stream()
                        .filter(row -> row.outcome().isTrouble())
                        .count()
                        - report.count(GroupOutcome.ROLLED_BACK)
                        - report.count(GroupOutcome.FAILED),
                report.count(GroupOutcome.FAILED));
    }

    /** Groups that need somebody's eye; the badge shows when there are any. */
    public long getTroubled() {
        RunReport report = getReport();
        return report.groups().stream()
                .filter(row -> row.outcome().isTrouble())
                .count();
    }

    /** The text of the badge. */
    public String getBadge() {
        return Messages.RefreshAction_badge(getTroubled());
    }

    /** The report as one page without scripts. */
    @GET
    @WebMethod(name = "report.html")
    public void doReportHtml(StaplerResponse2 response) throws IOException {
        getRun().checkPermission(Item.READ);
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(ReportHtml.of(getReport()));
    }

    /** The report for machines. */
    @GET
    @WebMethod(name = "report.json")
    public void doReportJson(StaplerResponse2 response) throws IOException {
        getRun().checkPermission(Item.READ);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write(ReportJson.of(getReport()));
    }
}
