package io.jenkins.plugins.amirefresh.plugin.trigger;

import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.plugin.config.AwsCredentialsChoice;
import io.jenkins.plugins.amirefresh.plugin.execution.ControllerServices;
import io.jenkins.plugins.amirefresh.step.events.EventWatch;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code amiRefreshEvents}: once a minute looks into an SQS queue, and starts the job with the names of the groups that
 * somebody changed in its parameter {@code ASGS} and their region in {@code REGIONS}.
 */
public final class AmiRefreshEventsTrigger extends Trigger<Job<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(AmiRefreshEventsTrigger.class.getName());
    private static final String EVERY_MINUTE = "* * * * *";

    /** A message comes again for four days at most; builds that are older name none that still does. */
    private static final int MOST_BUILDS = 500;

    private final String queue;
    private final String region;
    private String credentialsId = "";
    private String quietFor = "";
    private String stepFunctions = "";
    private transient @Nullable Looking looking;

    /** Takes what must be given. */
    @DataBoundConstructor
    public AmiRefreshEventsTrigger(String queue, String region) {
        super(EVERY_MINUTE);
        this.queue = Util.fixNull(queue).trim();
        this.region = Util.fixNull(region).trim();
    }

    /** The name of the queue. */
    public String getQueue() {
        return queue;
    }

    /** The region of the queue and the groups. */
    public String getRegion() {
        return region;
    }

    /** Jenkins AWS credentials; empty for the controller's own identity. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Sets {@code credentialsId}. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId);
    }

    /** How long the events of a group have to be over; empty for a minute. */
    public String getQuietFor() {
        return quietFor;
    }

    /** Sets {@code quietFor}. */
    @DataBoundSetter
    public void setQuietFor(String quietFor) {
        this.quietFor = Util.fixNull(quietFor);
    }

    /** Values of the tag autorecycle_step_function_name that mean this job, with commas. */
    public String getStepFunctions() {
        return stepFunctions;
    }

    /** Sets {@code stepFunctions}. */
    @DataBoundSetter
    public void setStepFunctions(String stepFunctions) {
        this.stepFunctions = Util.fixNull(stepFunctions);
    }

    /** Called on Jenkins' timer, which must not wait for AWS. */
    @Override
    public void run() {
        Looking now = looking();
        if (job != null && now.isBusy.compareAndSet(false, true)) {
            ControllerServices.get().submit(() -> {
                try {
                    look(job, now.memory);
                } finally {
                    now.isBusy.set(false);
                }
            });
        }
    }

    /** What lasts from one look to the next, as long as the controller lives. */
    private static final class Looking {
        private final AtomicBoolean isBusy = new AtomicBoolean();
        private final EventWatch.Memory memory = new EventWatch.Memory();
    }

    private synchronized Looking looking() {
        Looking known = looking;
        if (known == null) {
            known = new Looking();
            looking = known;
        }
        return known;
    }

    private void look(Job<?, ?> started, EventWatch.Memory memory) {
        String name = started.getFullName();
        try {
            Duration quiet = quietFor.isEmpty() ? Duration.ofMinutes(1) : Parameters.parseDuration("quietFor", quietFor);
            Set<String> functions = new HashSet<>();
            for (String function : stepFunctions.split(",", -1)) {
                if (!function.isBlank()) {
                    functions.add(function.trim());
                }
            }
            ControllerServices services = ControllerServices.get();
            Cloud cloud = services.cloudFor(started, credentialsId, region);
            EventWatch watch = new EventWatch(
                    cloud,
                    services.now(),
                    new EventWatch.Watched(queue, name, functions, quiet),
                    AmiRefreshConfiguration.get().toSettings().tagNames(),
                    line -> LOGGER.warning(() -> "amiRefreshEvents of " + name + ": " + line),
                    memory);
            EventWatch.Due due = watch.look(recorded(started), waiting(started));
            if (!due.groups().isEmpty()) {
                start(started, due);
            }
        } catch (CloudException | ParameterException e) {
            LOGGER.log(Level.WARNING, "amiRefreshEvents of {0}: {1}", new Object[] {name, e.getMessage()});
        }
    }

    private static Set<String> recorded(Job<?, ?> started) {
        Set<String> messages = new HashSet<>();
        int looked = 0;
        for (Run<?, ?> build : started.getBuilds()) {
            EventsCause cause = build.getCause(EventsCause.class);
            if (cause != null) {
                messages.addAll(cause.getMessages());
            }
            if (++looked >= MOST_BUILDS) {
                break;
            }
        }
        return messages;
    }

    private static Set<String> waiting(Job<?, ?> started) {
        Set<String> messages = new HashSet<>();
        if (started instanceof Queue.Task task) {
            for (Queue.Item item : Queue.getInstance().getItems(task)) {
                item.getCauses().stream()
                        .filter(EventsCause.class::isInstance)
                        .map(EventsCause.class::cast)
                        .forEach(cause -> messages.addAll(cause.getMessages()));
            }
        }
        return messages;
    }

    private void start(Job<?, ?> started, EventWatch.Due due) {
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new EventsCause(due.groups(), due.messages())));
        actions.add(new ParametersAction(parameters(started, due)));
        ParameterizedJobMixIn.scheduleBuild2(started, 0, actions.toArray(Action[]::new));
    }

    /** The job's own parameters with their defaults, and what the events say in those that it declares for it. */
    private List<ParameterValue> parameters(Job<?, ?> started, EventWatch.Due due) {
        List<ParameterValue> values = new ArrayList<>();
        ParametersDefinitionProperty declared = started.getProperty(ParametersDefinitionProperty.class);
        if (declared != null) {
            for (ParameterDefinition definition : declared.getParameterDefinitions()) {
                ParameterValue value =
                        switch (definition.getName()) {
                            case "ASGS" -> new StringParameterValue("ASGS", String.join(",", due.groups()));
                            case "REGIONS" -> new StringParameterValue("REGIONS", region);
                            default -> definition.getDefaultParameterValue();
                        };
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** The trigger in forms and pipelines. */
    @Symbol("amiRefreshEvents")
    @Extension
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        public String getDisplayName() {
            return Messages.AmiRefreshEventsTrigger_displayName();
        }

        /** Checks {@code queue}. */
        @POST
        public FormValidation doCheckQueue(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return checked(item, () -> new EventWatch.Watched(value.trim(), "", Set.of(), Duration.ZERO));
        }

        /** Checks {@code region}. */
        @POST
        public FormValidation doCheckRegion(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return value.trim().matches("[a-z]{2}(-[a-z]+)+-[0-9]+")
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.AmiRefreshEventsTrigger_region());
        }

        /** Checks {@code quietFor}. */
        @POST
        public FormValidation doCheckQuietFor(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return value.isBlank()
                    ? FormValidation.ok()
                    : checked(item, () -> Parameters.parseDuration("quietFor", value));
        }

        private static FormValidation checked(@Nullable Item item, Runnable check) {
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            try {
                check.run();
                return FormValidation.ok();
            } catch (ParameterException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** The choices of {@code credentialsId}. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter String credentialsId) {
            return AwsCredentialsChoice.items(item, credentialsId);
        }
    }
}
