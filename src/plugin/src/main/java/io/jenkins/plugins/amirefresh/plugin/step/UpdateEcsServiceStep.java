package io.jenkins.plugins.amirefresh.plugin.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code updateEcsService}: gives services of Amazon ECS a new image and tags, waits until its tasks serve, and goes back
 * when they do not.
 */
public final class UpdateEcsServiceStep extends PlacedStep {

    /** Takes what must be given. */
    @DataBoundConstructor
    public UpdateEcsServiceStep() {}

    /**
     * The JSON event of ecs-updater, or a list of such events, instead of the parameters up to tagMode:
     * ecs_cluster_name, ecs_service_name, ecs_image_name, ecs_tag, and if needed ecs_container_name and
     * ecs_tag_mode.
     */
    public @Nullable String getPayload() {
        return text("payload");
    }

    /** Sets {@code payload}. */
    @DataBoundSetter
    public void setPayload(@Nullable String payload) {
        give("payload", payload);
    }

    /** Name or ARN of the cluster, in the region and the account worked in. */
    public @Nullable String getCluster() {
        return text("cluster");
    }

    /** Sets {@code cluster}. */
    @DataBoundSetter
    public void setCluster(@Nullable String cluster) {
        give("cluster", cluster);
    }

    /** Names or ARNs of the services, one after the other. */
    public @Nullable Object getServices() {
        return given("services");
    }

    /** Sets {@code services}. */
    @DataBoundSetter
    public void setServices(@Nullable Object services) {
        give("services", services);
    }

    /** The image, by tag or by digest. One of Amazon ECR must exist there, or nothing is changed. */
    public @Nullable String getImage() {
        return text("image");
    }

    /** Sets {@code image}. */
    @DataBoundSetter
    public void setImage(@Nullable String image) {
        give("image", image);
    }

    /** Which container gets the image. */
    public @Nullable String getContainer() {
        return text("container");
    }

    /** Sets {@code container}. */
    @DataBoundSetter
    public void setContainer(@Nullable String container) {
        give("container", container);
    }

    /** Images by container, when several get one: [app: '...', sidecar: '...']. */
    public @Nullable Object getImages() {
        return given("images");
    }

    /** Sets {@code images}. */
    @DataBoundSetter
    public void setImages(@Nullable Object images) {
        give("images", images);
    }

    /** Tags to set on the services. */
    public @Nullable Object getTags() {
        return given("tags");
    }

    /** Sets {@code tags}. */
    @DataBoundSetter
    public void setTags(@Nullable Object tags) {
        give("tags", tags);
    }

    /** What becomes of other tags of a service: they stay, or they go. Tags of AWS itself stay. */
    public @Nullable String getTagMode() {
        return text("tagMode");
    }

    /** Sets {@code tagMode}. */
    @DataBoundSetter
    public void setTagMode(@Nullable String tagMode) {
        give("tagMode", tagMode);
    }

    /**
     * When a service has the wanted images already: 'deploy' starts its tasks anew, which brings what a moving
     * tag names by now, 'keep' leaves them.
     */
    public @Nullable String getSameImage() {
        return text("sameImage");
    }

    /** Sets {@code sameImage}. */
    @DataBoundSetter
    public void setSameImage(@Nullable String sameImage) {
        give("sameImage", sameImage);
    }

    /** How long one service may take until it is steady, and again until it is back. */
    public @Nullable Object getTimeLimit() {
        return given("timeLimit");
    }

    /** Sets {@code timeLimit}. */
    @DataBoundSetter
    public void setTimeLimit(@Nullable Object timeLimit) {
        give("timeLimit", timeLimit);
    }

    /**
     * How long all tasks must go on running after AWS calls the deployment completed: it does so as soon as
     * they run, also when they crash a moment later.
     */
    public @Nullable Object getBakeTime() {
        return given("bakeTime");
    }

    /** Sets {@code bakeTime}. */
    @DataBoundSetter
    public void setBakeTime(@Nullable Object bakeTime) {
        give("bakeTime", bakeTime);
    }

    /** How many services are on their way at once, 1 or more. */
    public @Nullable Object getMaxConcurrent() {
        return given("maxConcurrent");
    }

    /** Sets {@code maxConcurrent}. */
    @DataBoundSetter
    public void setMaxConcurrent(@Nullable Object maxConcurrent) {
        give("maxConcurrent", maxConcurrent);
    }

    /**
     * What follows when a deployment does not work: the service goes back to its last good task definition, or
     * stays as it is.
     */
    public @Nullable String getOnFailure() {
        return text("onFailure");
    }

    /** Sets {@code onFailure}. */
    @DataBoundSetter
    public void setOnFailure(@Nullable String onFailure) {
        give("onFailure", onFailure);
    }

    /**
     * What happens to services on their way when the build is aborted: they are watched to their end
     * ('finish-batch'), go back, or are left to AWS while nobody watches.
     */
    public @Nullable String getOnAbort() {
        return text("onAbort");
    }

    /** Sets {@code onAbort}. */
    @DataBoundSetter
    public void setOnAbort(@Nullable String onAbort) {
        give("onAbort", onAbort);
    }

    /**
     * The step fails when a service was rolled back or failed ('any'), when one is left broken ('broken'), or
     * never ('none', it returns the rows).
     */
    public @Nullable String getFailOn() {
        return text("failOn");
    }

    /** Sets {@code failOn}. */
    @DataBoundSetter
    public void setFailOn(@Nullable String failOn) {
        give("failOn", failOn);
    }

    /** The step in forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends PlacedStepDescriptor {

        /** Found by Jenkins. */
        public DescriptorImpl() {
            super("updateEcsService");
        }

        /** Checks {@code services}. */
        @POST
        public FormValidation doCheckServices(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "services", value);
        }

        /** Checks {@code images}. */
        @POST
        public FormValidation doCheckImages(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "images", value);
        }

        /** Checks {@code tags}. */
        @POST
        public FormValidation doCheckTags(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "tags", value);
        }

        /** The choices of {@code tagMode}. */
        @POST
        public ListBoxModel doFillTagModeItems() {
            return choices("tagMode");
        }

        /** The choices of {@code sameImage}. */
        @POST
        public ListBoxModel doFillSameImageItems() {
            return choices("sameImage");
        }

        /** Checks {@code timeLimit}. */
        @POST
        public FormValidation doCheckTimeLimit(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "timeLimit", value);
        }

        /** Checks {@code bakeTime}. */
        @POST
        public FormValidation doCheckBakeTime(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "bakeTime", value);
        }

        /** Checks {@code maxConcurrent}. */
        @POST
        public FormValidation doCheckMaxConcurrent(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return check(item, "maxConcurrent", value);
        }

        /** The choices of {@code onFailure}. */
        @POST
        public ListBoxModel doFillOnFailureItems() {
            return choices("onFailure");
        }

        /** The choices of {@code onAbort}. */
        @POST
        public ListBoxModel doFillOnAbortItems() {
            return choices("onAbort");
        }

        /** The choices of {@code failOn}. */
        @POST
        public ListBoxModel doFillFailOnItems() {
            return choices("failOn");
        }
    }
}
