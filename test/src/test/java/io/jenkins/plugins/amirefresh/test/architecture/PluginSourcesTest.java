package io.jenkins.plugins.amirefresh.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plugin's rules, read from its sources; each is broken once, so that it is known to see it. */
class PluginSourcesTest {

    private static final Pattern DECIDING = Pattern.compile(
            "import (static )?(io\\.jenkins\\.plugins\\.amirefresh\\.(refresh|schedule|launchtemplate)\\."
                    + "|software\\.amazon\\.awssdk\\.services\\.|io\\.jenkins\\.plugins\\.amirefresh\\.(runner|simulator)\\.)");

    private final PluginSources sources = PluginSources.read();

    private static List<String> decisions(PluginSources sources) {
        List<String> offending = new ArrayList<>();
        sources.java().forEach((path, text) -> text.lines()
                .filter(line -> DECIDING.matcher(line).find())
                // The windows that a form offers as defaults are data, not a decision.
                .filter(line -> !line.contains("schedule.DefaultWindows"))
                .forEach(line -> offending.add(path + ": " + line)));
        return offending;
    }

    @Test
    void whenThePluginIsRead_thenItDecidesNothing() {
        assertThat(sources.java()).hasSizeGreaterThan(40);
        assertThat(decisions(sources)).isEmpty();
    }

    @Test
    void whenThePluginIsRead_thenItHasEveryStepAndParameter() {
        assertThat(StepRules.problems(sources)).isEmpty();
    }

    @Test
    void whenThePluginIsRead_thenItSavesPlainValues() {
        assertThat(SavedRules.saved(sources))
                .contains("PollingStepExecution", "RefreshAction", "AmiRefreshConfiguration", "AccountSetting");
        assertThat(SavedRules.problems(sources)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            import hudson.Extension; | import io.jenkins.plugins.amirefresh.refresh.RefreshDecider;
            import hudson.Extension; | import io.jenkins.plugins.amirefresh.schedule.Window;
            import hudson.Extension; | import software.amazon.awssdk.services.ec2.Ec2Client;
            """)
    void whenItImportsADecision_thenThatIsSeen(String from, String to) {
        // given
        PluginSources broken = sources.with(StepClass.FOLDER + "RecycleAsgsStep.java", from, to);

        // then
        assertThat(decisions(broken)).containsExactly(StepClass.FOLDER + "RecycleAsgsStep.java: " + to);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            RecycleAsgsStep.java | super("recycleAsgs") | super("recycle") | recycleAsgs: no class of the plugin has this function name
            RecycleAsgsStep.java | super("recycleAsgs") | super("recycle") | recycle: the catalogue has no such step
            NotifySlackStep.java | @Extension | @Deprecated | notifySlack: its descriptor is no extension
            AmiRefreshStepDescriptor.java | Step newInstance( | Step newStep( | recycleAsgs: its descriptor takes any parameter
            LiteralsValidator.java | @Extension | @Deprecated | nothing looks at the literals of a Declarative pipeline before it runs
            RecycleAsgsStep.java | void setBatchSize( | void setBatch( | recycleAsgs.batchSize: no setter
            RecycleAsgsStep.java | void setBatchSize( | void setBatch( | recycleAsgs.batch: the step has no such parameter
            RecycleAsgsStep.java | Object batchSize | String batchSize | recycleAsgs.batchSize: its setter takes no Object
            RecycleAsgsStep.java | Object getBatchSize | String getBatchSize | recycleAsgs.batchSize: no getter of type Object
            RegionalStep.java | void setRegions( | void setRegion( | smokeTestAsg.regions: no setter
            BuildAmiStep.java | @DataBoundConstructor | @Deprecated | buildAmi.family: no constructor parameter
            RecycleAsgsStepDescriptor.java | doCheckBatchSize | doVerifyBatchSize | recycleAsgs.batchSize: no @POST doCheckBatchSize
            RegionalStepDescriptor.java | @POST | @Deprecated | rollbackAsgs.regions: no @POST doCheckRegions
            RecycleAsgsStepDescriptor.java | doFillStrategyItems | doStrategyItems | recycleAsgs.strategy: no @POST doFillStrategyItems
            RecycleAsgsStep/config.jelly | field="strategy" | field="strategem" | recycleAsgs.strategy: not in config.jelly
            RecycleAsgsStep/config.jelly | field="strategy" | field="strategem" | recycleAsgs.strategem: the step has no such parameter
            RecycleAsgsStep/config.jelly | where.jelly | here.jelly | recycleAsgs.accounts: not in config.jelly
            RecycleAsgsStep/config.jelly | f:select | f:textbox | recycleAsgs.dryRun: its form offers no choices
            RecycleAsgsStep/help-strategy.html | How instances | That instances | recycleAsgs.strategy: help-strategy.html says something else
            RecycleAsgsStep/help-timeLimit.html | 4h | 5h | recycleAsgs.timeLimit: help-timeLimit.html does not say the default, 4h
            RecycleAsgsStep/help.html | Replaces | Takes | recycleAsgs: help.html does not say what it does
            """)
    void whenAStepIsBroken_thenThatIsSeen(String file, String from, String to, String problem) {
        assertThat(StepRules.problems(sources.with(StepClass.FOLDER + file, from, to)))
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "RecycleAsgsStep/help-strategy.html, recycleAsgs.strategy: no help-strategy.html",
        "PlacedStep/help-regions.html, updateLaunchTemplates.regions: no help-regions.html",
        "RefreshReportStep/help.html, refreshReport: help.html does not say what it does",
        "RefreshReportStep/config.jelly, refreshReport.setResult: not in config.jelly"
    })
    void whenAFileIsMissing_thenThatIsSeen(String file, String problem) {
        assertThat(StepRules.problems(sources.without(StepClass.FOLDER + file))).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            execution/PollingStepExecution.java | long serialVersionUID | long version | PollingStepExecution: no serialVersionUID
            execution/PollingStepExecution.java | private transient volatile | private volatile | PollingStepExecution.drive: a StepDrive is saved
            report/RefreshAction.java | private transient | private | RefreshAction.run: a Run<?, ?> is saved
            config/AccountSetting.java | private String externalId | private java.time.Clock externalId | AccountSetting.externalId: a java.time.Clock is saved
            """)
    void whenSomethingElseIsSaved_thenThatIsSeen(String file, String from, String to, String problem) {
        assertThat(SavedRules.problems(sources.with(PluginSources.PACKAGE + file, from, to)))
                .contains(problem);
    }

    @Test
    void whenAnObjectOfTheSdkIsKept_thenThatIsSeen() {
        // given
        String path = PluginSources.PACKAGE + "execution/PollingStepExecution.java";
        PluginSources broken = sources.with(
                        path, "private transient volatile", "private transient SdkHttpClient http; private transient")
                .with(
                        path,
                        "import org.jspecify",
                        "import software.amazon.awssdk.http.SdkHttpClient; import org.jspecify");

        // then
        assertThat(SavedRules.problems(broken))
                .containsExactly("PollingStepExecution.http: an object of the SDK does not outlive a restart");
    }
}
