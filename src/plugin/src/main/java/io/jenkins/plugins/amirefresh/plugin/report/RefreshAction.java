package io.jenkins.plugins.amirefresh.plugin.report;

import hudson.model.BuildBadgeAction;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.amirefresh.journal.BuildStatus;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.report.Measurements;
import io.jenkins.plugins.amirefresh.report.PageFiles;
import io.jenkins.plugins.amirefresh.report.ReportHtml;
import io.jenkins.plugins.amirefresh.report.ReportJson;
import io.jenkins.plugins.amirefresh.report.ReportLines;
import io.jenkins.plugins.amirefresh.report.ReportMetrics;
import io.jenkins.plugins.amirefresh.report.RunReport;
import io.jenkins.plugins.amirefresh.report.RunReports;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import io.jenkins.plugins.amirefresh.step.storage.JournalReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * The refresh on the page of its build: a summary, a badge, and the report, made from the run's record whenever somebody
 * looks, so it is there while the build runs and after it was killed. Who may read the build may read it.
 */
@ExportedBean
public final class RefreshAction implements RunAction2, BuildBadgeAction {

    private static final int LONGEST_REASON = 500;

    private transient @Nullable Run<?, ?> run;
    private transient volatile @Nullable SoftReference<RunReport> ended;

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
        SoftReference<RunReport> kept = ended;
        RunReport known = kept == null ? null : kept.get();
        if (known != null) {
            return known;
        }
        Told told = told();
        // Lists of builds show the badge of each: what cannot change any more is not read anew for them.
        ended = getRun().isBuilding() ? null : new SoftReference<>(told.report());
        return told.report();
    }

    private Told told() {
        Run<?, ?> build = getRun();
        JournalReading reading = RunRecords.get().read(build);
        RunHistory history = RunHistory.of(reading.events());
        RunIdentity identity = RunRecords.identity(build, "");
        Result result = build.getResult();
        Instant until = build.isBuilding()
                ? RunRecords.get().now()
                : identity.startedAt().plusMillis(build.getDuration());
        RunReport.Run run = new RunReport.Run(
                identity.id(), identity.jobName(), identity.buildNumber(), identity.buildUrl(), identity.cause());
        BuildStatus status = new BuildStatus(result == null ? "" : result.toString(), "");
        RunReport report = build.isBuilding()
                ? RunReports.soFar(run, status, identity.startedAt(), until, history, Measurements.NONE)
                : RunReports.of(run, status, identity.startedAt(), until, history, Measurements.NONE);
        return new Told(report.madeFrom(reading.forReport()), history);
    }

    /** A report and what it was made from. */
    private record Told(RunReport report, RunHistory history) {}

    /** What a step kept with the build while it ran says how it ended from now on. */
    public static void finish(Run<?, ?> run) {
        RefreshAction action = run.getAction(RefreshAction.class);
        Path json = RunRecords.folder(run).resolve("report.json");
        if (action == null || !Files.exists(json)) {
            return;
        }
        try {
            Told told = action.told();
            Files.writeString(json, ReportJson.of(told.report()));
            Files.writeString(json.resolveSibling("report.html"), ReportHtml.of(told.report(), told.history()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing the report of " + run, e);
        }
    }

    /** One line for the build's own page. */
    public String getSummary() {
        return ReportLines.counts(getReport());
    }

    /** Which groups need somebody's eye and why, who is at work and how far, when the next windows open. */
    public List<String> getLines() {
        return ReportLines.of(getReport());
    }

    /** The verdict with its reason, for {@code /api/json}. */
    @Exported
    public String getVerdict() {
        return getReport().verdict();
    }

    /** How many groups stand how, {@code at-work} and {@code waiting} among them, for {@code /api/json}. */
    @Exported
    public Map<String, Long> getCounts() {
        return ReportLines.byWord(getReport());
    }

    /** One line a group that needs somebody's eye, for {@code /api/json}. */
    @Exported
    public List<String> getTrouble() {
        return ReportLines.trouble(getReport());
    }

    /** What the badge says, empty for none. */
    public String getTroubleText() {
        List<String> trouble = getTrouble();
        return trouble.size() <= 1 ? String.join("", trouble) : trouble.get(0) + "; and " + (trouble.size() - 1) + " more";
    }

    /** Red where a group is left broken, else yellow. */
    public String getTroubleIcon() {
        return getReport().count(GroupOutcome.FAILED) > 0 ? "symbol-status-red" : "symbol-status-yellow";
    }

    /** The report inside a page of Jenkins; every text in it is escaped. */
    public String getPart() {
        Told told = told();
        return ReportHtml.part(told.report(), told.history(), "part.html");
    }

    /** The same alone, for a page that follows the run. */
    @GET
    @WebMethod(name = "part.html")
    public void doPart(StaplerResponse2 response) throws IOException {
        send(response, "text/html", getPart());
    }

    /** The page's style. */
    @GET
    @WebMethod(name = "report.css")
    public void doReportCss(StaplerResponse2 response) throws IOException {
        send(response, "text/css", PageFiles.style());
    }

    /** The page's script. */
    @GET
    @WebMethod(name = "report.js")
    public void doReportJs(StaplerResponse2 response) throws IOException {
        send(response, "text/javascript", PageFiles.script());
    }

    /** The report as one page that needs nothing else. */
    @GET
    @WebMethod(name = "report.html")
    public void doReportHtml(StaplerResponse2 response) throws IOException {
        Told told = told();
        response.setHeader(
                "Content-Security-Policy", ReportHtml.policy() + "; sandbox allow-scripts allow-popups");
        send(response, "text/html", ReportHtml.of(told.report(), told.history()));
    }

    /** The report for machines. */
    @GET
    @WebMethod(name = "report.json")
    public void doReportJson(StaplerResponse2 response) throws IOException {
        send(response, "application/json", ReportJson.of(getReport()));
    }

    /** The report's figures for Prometheus. */
    @GET
    @WebMethod(name = "metrics.prom")
    public void doMetrics(StaplerResponse2 response) throws IOException {
        send(response, "text/plain", ReportMetrics.of(getReport()));
    }

    /** The run's record as it is on the disk. */
    @GET
    @WebMethod(name = "journal.jsonl")
    public void doJournal(StaplerResponse2 response) throws IOException {
        Path file = RunRecords.folder(getRun()).resolve("journal.jsonl");
        send(response, "text/plain", Files.exists(file) ? Files.readString(file) : "");
    }

    /** Questions that nobody answered yet; for the page. */
    public List<JournalFact.ApprovalAsked> getQuestions() {
        return getRun().isBuilding()
                ? told().history().openApprovals(RunRecords.get().now())
                : List.of();
    }

    /** The user may answer it; for the page. */
    public boolean mayAnswer(JournalFact.ApprovalAsked question) {
        return Submitters.mayAnswer(getRun(), question.submitters());
    }

    /** Writes a person's answer into the run's record, where the waiting step finds it. */
    @POST
    @WebMethod(name = "answer")
    public HttpResponse doAnswer(
            @QueryParameter String key, @QueryParameter boolean approved, @QueryParameter String reason) {
        getRun().checkPermission(Item.READ);
        JournalFact.ApprovalAsked question = getQuestions().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElse(null);
        if (question == null) {
            return HttpResponses.error(409, Messages.RefreshAction_answered());
        }
        if (!mayAnswer(question)) {
            return HttpResponses.forbidden();
        }
        String why = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        // The same key for any answer: of two people who answer at once, the first counts.
        RunRecords.get()
                .of(getRun())
                .append(new JournalEvent(
                        key + ":answered",
                        RunRecords.get().now(),
                        "answer",
                        new JournalFact.ApprovalAnswered(
                                key, approved, Jenkins.getAuthentication2().getName(), why.trim())));
        return HttpResponses.redirectToDot();
    }

    private void send(StaplerResponse2 response, String type, String text) throws IOException {
        getRun().checkPermission(Item.READ);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type + ";charset=UTF-8");
        response.getWriter().write(text);
    }
}
