package io.jenkins.plugins.amirefresh.plugin.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.schedule.DefaultWindows;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The defaults of all steps, {@code amiRefresh} in configuration as code; a step's parameters win over them. */
@Extension
@Symbol("amiRefresh")
public final class AmiRefreshConfiguration extends GlobalConfiguration {

    private String regions = "";
    private List<AccountSetting> accounts = new ArrayList<>();
    private List<WindowSetting> windows = new ArrayList<>();
    private List<TagNameSetting> tagNames = new ArrayList<>();
    private String maxConcurrent = "";
    private String zone = "UTC";
    private String windowDuration = "4h";
    private String slackChannel = "";
    private String slackCredentialsId = "";
    private String endpoint = "";
    private String probeProxy = "";

    /** Another one after each change; whoever read the fields before it knows nothing of it. */
    private transient volatile Object version = new Object();

    /** What {@link #toSettings} made of the fields: every tick of every step asks. */
    private transient volatile @Nullable Known known;

    /** Loads what was saved. */
    public AmiRefreshConfiguration() {
        load();
    }

    /** The one configuration of this controller. */
    public static AmiRefreshConfiguration get() {
        return ExtensionList.lookupSingleton(AmiRefreshConfiguration.class);
    }

    @Override
    public void load() {
        super.load();
        changed();
    }

    /** The defaults as operations read them. */
    public Settings toSettings() {
        Object current = version;
        Known last = known;
        if (last == null || last.version() != current) {
            last = new Known(current, read());
            known = last;
        }
        return last.settings();
    }

    private void changed() {
        version = new Object();
    }

    private Settings read() {
        Map<String, String> byEnvironment = new LinkedHashMap<>(DefaultWindows.bundled());
        windows.forEach(window -> byEnvironment.put(window.getEnvironment(), window.getOpens()));
        List<AccountAccess> access =
                accounts.stream().map(AccountSetting::toAccess).toList();
        return new Settings(
                names(regions).map(AwsRegion::new).toList(),
                access.isEmpty() ? List.of(AccountAccess.SELF) : access,
                byEnvironment,
                ZoneId.of(zone),
                Parameters.parseDuration("windowDuration", windowDuration),
                tagNames.stream()
                        .collect(Collectors.toMap(
                                TagNameSetting::getStandard, TagNameSetting::getName, (first, later) -> later)),
                slackChannel);
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        // A list that the form left empty is not in the submission at all.
        accounts = new ArrayList<>();
        windows = new ArrayList<>();
        tagNames = new ArrayList<>();
        request.bindJSON(this, json);
        changed();
        save();
        return true;
    }

    /** Regions to work in, with commas; empty for the region of the environment. */
    public String getRegions() {
        return regions;
    }

    /** Sets the regions. */
    @DataBoundSetter
    public void setRegions(String regions) {
        this.regions = Util.fixNull(regions).trim();
        changed();
    }

    /** Accounts to work in; empty for the controller's own identity. */
    public List<AccountSetting> getAccounts() {
        return List.copyOf(accounts);
    }

    /** Sets the accounts. */
    @DataBoundSetter
    public void setAccounts(List<AccountSetting> accounts) {
        this.accounts = new ArrayList<>(Util.fixNull(accounts));
        changed();
    }

    /** Windows by environment, laid over the built-in ones. */
    public List<WindowSetting> getWindows() {
        return List.copyOf(windows);
    }

    /** Sets the windows. */
    @DataBoundSetter
    public void setWindows(List<WindowSetting> windows) {
        this.windows = new ArrayList<>(Util.fixNull(windows));
        changed();
    }

    /** Names of tags that are called otherwise here. */
    public List<TagNameSetting> getTagNames() {
        return List.copyOf(tagNames);
    }

    /** Sets the names. */
    @DataBoundSetter
    public void setTagNames(List<TagNameSetting> tagNames) {
        this.tagNames = new ArrayList<>(Util.fixNull(tagNames));
        changed();
    }

    /** Groups refreshed at the same time by a step that does not say it, empty for the step's own default. */
    public String getMaxConcurrent() {
        return maxConcurrent;
    }

    /**
     * Sets the number.
     *
     * @throws IllegalArgumentException when it is not 1 or more
     */
    @DataBoundSetter
    public void setMaxConcurrent(String maxConcurrent) {
        String given = Util.fixNull(maxConcurrent).trim();
        checkCount(given);
        this.maxConcurrent = given;
    }

    /** Checks the number. */
    @POST
    public FormValidation doCheckMaxConcurrent(@QueryParameter String value) {
        return check(() -> checkCount(Util.fixNull(value).trim()));
    }

    private static void checkCount(String given) {
        if (!given.matches("|[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "maxConcurrent: '" + given + "' is not allowed; allowed: 1 to 9999, or empty for the default");
        }
    }

    /** Completes the last of several regions. */
    public AutoCompletionCandidates doAutoCompleteRegions(@QueryParameter String value) {
        return Completion.regions(value);
    }

    /** The time zone of windows whose group names none. */
    public String getZone() {
        return zone;
    }

    /** Sets the zone. */
    @DataBoundSetter
    public void setZone(String zone) {
        String given = Util.fixNull(zone).trim();
        this.zone = given.isEmpty() ? "UTC" : ZoneId.of(given).getId();
        changed();
    }

    /** How long a window is open unless the group says otherwise, {@code 4h}. */
    public String getWindowDuration() {
        return windowDuration;
    }

    /** Sets the duration. */
    @DataBoundSetter
    public void setWindowDuration(String windowDuration) {
        String given = Util.fixNull(windowDuration).trim();
        Duration checked = Parameters.parseDuration("windowDuration", given.isEmpty() ? "4h" : given);
        this.windowDuration = given.isEmpty() || checked.isZero() ? "4h" : given;
        changed();
    }

    /** Where notices go when a step names no channel. */
    public String getSlackChannel() {
        return slackChannel;
    }

    /** Sets the channel. */
    @DataBoundSetter
    public void setSlackChannel(String slackChannel) {
        this.slackChannel = Util.fixNull(slackChannel).trim();
        changed();
    }

    /** Secret text: a bot token, or the URL of a webhook. */
    public String getSlackCredentialsId() {
        return slackCredentialsId;
    }

    /** Sets the credentials. */
    @DataBoundSetter
    public void setSlackCredentialsId(String slackCredentialsId) {
        this.slackCredentialsId = Util.fixNull(slackCredentialsId).trim();
    }

    /** Where AWS is, empty for AWS itself; for a simulator or a private endpoint. */
    public String getEndpoint() {
        return endpoint;
    }

    /** Sets the endpoint. */
    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixNull(endpoint).trim();
    }

    /** The HTTP proxy by which HTTP checks reach instances and load balancers, empty for none. */
    public String getProbeProxy() {
        return probeProxy;
    }

    /**
     * Sets the proxy.
     *
     * @throws IllegalArgumentException when it is not of the form {@code http://HOST:PORT}
     */
    @DataBoundSetter
    public void setProbeProxy(String probeProxy) {
        String given = Util.fixNull(probeProxy).trim();
        checkProxy(given);
        this.probeProxy = given;
    }

    /** Checks the proxy. */
    @POST
    public FormValidation doCheckProbeProxy(@QueryParameter String value) {
        return check(() -> checkProxy(Util.fixNull(value).trim()));
    }

    private static void checkProxy(String given) {
        if (!given.isEmpty() && !given.matches("http://[^/:@\\s]+:[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "probeProxy: '" + given + "' is not allowed; allowed: http://HOST:PORT, or empty for none");
        }
    }

    /** Checks regions. */
    @POST
    public FormValidation doCheckRegions(@QueryParameter String value) {
        return check(() -> names(Util.fixNull(value)).forEach(AwsRegion::new));
    }

    /** Checks a zone. */
    @POST
    public FormValidation doCheckZone(@QueryParameter String value) {
        return check(() -> ZoneId.of(Util.fixNull(value).isBlank() ? "UTC" : value.trim()));
    }

    /** Checks a duration. */
    @POST
    public FormValidation doCheckWindowDuration(@QueryParameter String value) {
        return check(() ->
                Parameters.parseDuration("windowDuration", Util.fixNull(value).isBlank() ? "4h" : value));
    }

    /** The secrets an administrator may choose. */
    @POST
    public ListBoxModel doFillSlackCredentialsIdItems(@QueryParameter String slackCredentialsId) {
        Jenkins jenkins = Jenkins.get();
        if (!jenkins.hasPermission(Jenkins.ADMINISTER)) {
            return new StandardListBoxModel().includeCurrentValue(slackCredentialsId);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeAs(ACL.SYSTEM2, (ItemGroup<?>) jenkins, StringCredentials.class, List.of())
                .includeCurrentValue(slackCredentialsId);
    }

    /** The Slack secret, empty when none is configured or it does not exist. */
    public java.util.Optional<StringCredentials> slackSecret() {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(secret -> secret.getId().equals(slackCredentialsId))
                .findFirst();
    }

    private static Stream<String> names(String text) {
        return Stream.of(text.split(",")).map(String::trim).filter(name -> !name.isEmpty());
    }

    private static FormValidation check(Runnable parse) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            parse.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException | DateTimeException | ParameterException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Settings and the version of the fields they were made of. */
    private record Known(Object version, Settings settings) {}
}
