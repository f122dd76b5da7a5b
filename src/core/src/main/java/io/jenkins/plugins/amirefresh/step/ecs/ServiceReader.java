package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.ContainerServices;
import io.jenkins.plugins.amirefresh.ecs.DeploymentRules;
import io.jenkins.plugins.amirefresh.ecs.ImageReference;
import io.jenkins.plugins.amirefresh.ecs.ServiceChange;
import io.jenkins.plugins.amirefresh.ecs.ServiceDetails;
import io.jenkins.plugins.amirefresh.ecs.ServiceRequest;
import io.jenkins.plugins.amirefresh.ecs.UpdaterTexts;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.model.ServiceObservation;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Deployment;
import io.jenkins.plugins.amirefresh.model.ServiceObservation.Rollout;
import io.jenkins.plugins.amirefresh.model.TaskDefinition;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.Lease;
import java.util.Optional;

/** Reads a service and what it runs, and says in ecs-updater's words why it cannot be changed. */
final class ServiceReader {

    private final StepHost host;
    private final Place place;
    private final ServiceRequest request;
    private final AccountId account;
    private final UpdateOptions options;

    ServiceReader(StepHost host, ServiceWork.Target target, UpdateOptions options) {
        this.options = options;
        this.host = host;
        this.place = target.place();
        this.account = target.account();
        this.request = target.request();
    }

    /** Why a service cannot be changed; one line, complete. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String line) {
            super(line);
        }
    }

    private Cloud cloud() {
        return host.cloud(place.access(), place.region());
    }

    ContainerServices services() {
        return cloud().containerServices();
    }

    /**
     * An ARN counts as a whole: what it names is where this works.
     *
     * @throws RefusedException when it is in another region or account
     */
    void requireHere() {
        request.elsewhere(place.region().value(), account.value()).ifPresent(this::refuse);
    }

    /**
     * The service now.
     *
     * @throws RefusedException when there is none, or nobody may read it
     * @throws CloudException when AWS may answer another time
     */
    ServiceObservation service() {
        try {
            return services()
                    .service(request.cluster(), request.service())
                    .orElseThrow(() -> new RefusedException(UpdaterTexts.noService(request.service())));
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            if (e.awsErrorCode().equals(ContainerServices.CLUSTER_NOT_FOUND)) {
                throw new RefusedException(UpdaterTexts.noCluster(request.cluster()));
            }
            host.log(request.text() + ": " + e.getMessage());
            throw new RefusedException(UpdaterTexts.unreadable(request.service()));
        }
    }

    /** A task definition, in the same way. */
    TaskDefinition definition(String arn) {
        try {
            return services().taskDefinition(arn);
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(request.text() + ": " + e.getMessage());
            throw new RefusedException(UpdaterTexts.unreadable(request.service()));
        }
    }

    /** What it is and what has to be changed; refuses what nobody could change. */
    ServiceWork.Found find(ServiceObservation service) {
        if (!service.isActive()) {
            throw new RefusedException(UpdaterTexts.noService(request.service()) + ": it is " + service.status());
        }
        if (request.hasImages()) {
            DeploymentRules.ofOthers(service.rules()).ifPresent(this::refuse);
        }
        TaskDefinition definition = definition(service.taskDefinition());
        ServiceChange.problem(request, definition).ifPresent(this::refuse);
        ServiceObservation plain = plain(service);
        ServiceChange change = ServiceChange.of(request, definition, plain.tags());
        change.tooManyTags(plain.tags()).ifPresent(this::refuse);
        if (options.deploys(change)) {
            DeploymentRules.withoutRoom(service).ifPresent(this::refuse);
        }
        return new ServiceWork.Found(
                definition,
                wayBack(service),
                service.primary().map(Deployment::id).orElse(""),
                change,
                ServiceDetails.of(plain, definition, shown(change)));
    }

    private void refuse(String why) {
        throw new RefusedException(request.text() + ": " + why);
    }

    /** Without what we say on it while we work. */
    static ServiceObservation plain(ServiceObservation service) {
        return service.withoutTags(Lease.PREFIX);
    }

    /** The container that the answer is about. */
    String shown(ServiceChange change) {
        return change.named().keySet().stream().findFirst().orElse("");
    }

    /** The newest deployment that completed; where AWS tells no states, what runs. */
    private static String wayBack(ServiceObservation service) {
        return service.deployments().stream()
                .filter(deployment -> deployment.rollout() == Rollout.COMPLETED)
                .findFirst()
                .or(() -> service.primary().filter(primary -> primary.rollout() == Rollout.UNKNOWN))
                .map(Deployment::taskDefinition)
                .orElse("");
    }

    /**
     * Images of ECR must be there; of others nobody can tell.
     *
     * @throws RefusedException naming the image that is not there, or that nobody may look up
     */
    void requireImages(ServiceChange change) {
        change.named().forEach((container, image) -> {
            Optional<ImageReference> reference = ImageReference.ofEcr(image);
            if (reference.isEmpty()) {
                host.log(request.text() + ": " + image + " is not in Amazon ECR, so nobody looked whether it exists");
                return;
            }
            requireImage(image, reference.get());
        });
    }

    private void requireImage(String image, ImageReference reference) {
        String refusal = request.text() + ": " + image;
        try {
            boolean isThere = host.cloud(place.access(), new AwsRegion(reference.region()))
                    .containerImages()
                    .digest(reference.account(), reference.repository(), reference.tag(), reference.digest())
                    .isPresent();
            if (!isThere) {
                throw new RefusedException(refusal + " does not exist: repository " + reference.repository()
                        + " has no such image; push it first");
            }
        } catch (CloudException.NotFound e) {
            throw new RefusedException(refusal + " does not exist: there is no repository " + reference.repository()
                    + " in " + reference.account() + ", " + reference.region());
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            throw new RefusedException(refusal + " could not be looked up: " + e.getMessage());
        }
    }
}
