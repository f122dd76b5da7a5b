package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.ecs.ImageReference;
import io.jenkins.plugins.amirefresh.ecs.ServiceChange;
import io.jenkins.plugins.amirefresh.ecs.ServiceRequest;
import io.jenkins.plugins.amirefresh.ecs.UpdateEvent;
import io.jenkins.plugins.amirefresh.ecs.UpdaterTexts;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pipeline asked for.
 *
 * @param requests one a service
 * @param unknown members of the payload that mean nothing
 * @param deploysSame also a service that has the images already
 */
record UpdateOptions(
        Parameters parameters,
        List<ServiceRequest> requests,
        List<String> unknown,
        boolean deploysSame,
        Duration timeLimit,
        Duration bakeTime,
        int maxConcurrent,
        boolean rollsBack,
        OnAbort onAbort,
        String failOn,
        boolean dryRun) {

    /** Those that a payload says itself. */
    private static final List<String> OF_A_PAYLOAD = List.of(
            UpdateEcsService.CLUSTER,
            UpdateEcsService.SERVICES,
            UpdateEcsService.IMAGE,
            UpdateEcsService.CONTAINER,
            UpdateEcsService.IMAGES,
            UpdateEcsService.TAGS,
            UpdateEcsService.TAG_MODE);

    static UpdateOptions of(Parameters parameters) {
        int maxConcurrent = parameters.integer(UpdateEcsService.MAX_CONCURRENT).orElse(1);
        if (maxConcurrent < 1) {
            throw ParameterException.of(UpdateEcsService.MAX_CONCURRENT, maxConcurrent, "1 or more");
        }
        Duration timeLimit = parameters.limit(UpdateEcsService.TIME_LIMIT).orElse(Duration.ofMinutes(30));
        Optional<UpdateEvent> event = parameters.text(UpdateEcsService.PAYLOAD).map(text -> payload(parameters, text));
        List<ServiceRequest> requests = event.map(UpdateEvent::requests).orElseGet(() -> named(parameters));
        requireDistinct(requests);
        return new UpdateOptions(
                parameters,
                requests,
                event.map(UpdateEvent::unknown).orElse(List.of()),
                !parameters.text(UpdateEcsService.SAME_IMAGE).orElse("deploy").equals("keep"),
                timeLimit,
                parameters.duration(UpdateEcsService.BAKE_TIME).orElse(Duration.ofMinutes(1)),
                maxConcurrent,
                !parameters.text(UpdateEcsService.ON_FAILURE).orElse("rollback").equals("stop"),
                parameters.text(UpdateEcsService.ON_ABORT).map(OnAbort::parse).orElse(OnAbort.ROLL_BACK),
                parameters.text(UpdateEcsService.FAIL_ON).orElse("any"),
                parameters.flag(UpdateEcsService.DRY_RUN));
    }

    /** Tasks of the service are replaced for this change. */
    boolean deploys(ServiceChange change) {
        return !change.images().isEmpty() || (!change.named().isEmpty() && deploysSame);
    }

    private static UpdateEvent payload(Parameters parameters, String text) {
        for (String name : OF_A_PAYLOAD) {
            if (parameters.asMap().containsKey(name)) {
                throw ParameterException.about(name, "the payload says it; give one of both");
            }
        }
        try {
            UpdateEvent event = UpdateEvent.parse(text);
            event.requests().forEach(request -> {
                request.clusterProblem().ifPresent(why -> {
                    throw new ParameterException(UpdaterTexts.noCluster(request.cluster()) + ": it " + why);
                });
                request.serviceProblem().ifPresent(why -> {
                    throw new ParameterException(UpdaterTexts.noService(request.service()) + ": it " + why);
                });
            });
            return event;
        } catch (IllegalArgumentException wrong) {
            // The text alone: ecs-updater's callers look for it.
            throw new ParameterException(String.valueOf(wrong.getMessage()));
        }
    }

    private static List<ServiceRequest> named(Parameters parameters) {
        Map<String, String> images = texts(parameters, UpdateEcsService.IMAGES, "an image");
        Map<String, String> tags = texts(parameters, UpdateEcsService.TAGS, "a text of at most 256 characters");
        requireTags(tags);
        images.forEach((container, image) -> requireImage(UpdateEcsService.IMAGES + "." + container, image));
        String image = parameters.text(UpdateEcsService.IMAGE).orElse("").trim();
        if (!image.isEmpty()) {
            requireImage(UpdateEcsService.IMAGE, image);
        }
        String container =
                parameters.text(UpdateEcsService.CONTAINER).orElse("").trim();
        List<String> services = parameters.list(UpdateEcsService.SERVICES);
        requireWhole(services, image, container, images, tags);
        Optional<String> cluster = parameters.text(UpdateEcsService.CLUSTER).map(String::trim);
        boolean replaces =
                parameters.text(UpdateEcsService.TAG_MODE).orElse("merge").equals("replace");
        ServiceRequest.TagMode mode = replaces ? ServiceRequest.TagMode.REPLACE : ServiceRequest.TagMode.MERGE;
        List<ServiceRequest> requests = services.stream()
                .map(service -> new ServiceRequest(
                        cluster.or(() -> ServiceRequest.clusterOf(service)).orElse("default"),
                        service,
                        image,
                        container,
                        images,
                        tags,
                        mode))
                .toList();
        requests.forEach(UpdateOptions::requireNames);
        return requests;
    }

    private static void requireNames(ServiceRequest request) {
        request.clusterProblem().ifPresent(why -> {
            throw ParameterException.about(UpdateEcsService.CLUSTER, "'" + request.cluster() + "' " + why);
        });
        request.serviceProblem().ifPresent(why -> {
            throw ParameterException.about(UpdateEcsService.SERVICES, "'" + request.service() + "' " + why);
        });
    }

    private static void requireImage(String parameter, String image) {
        ImageReference.problem(image).ifPresent(problem -> {
            throw ParameterException.about(parameter, problem);
        });
    }

    /** Each refusal is about the parameter that is missing, so that a form can hold the others good. */
    private static void requireWhole(
            List<String> services,
            String image,
            String container,
            Map<String, String> images,
            Map<String, String> tags) {
        if (services.isEmpty()) {
            throw ParameterException.about(
                    UpdateEcsService.SERVICES, "none is named; give services: 'web', or an event as payload");
        }
        if (image.isEmpty() && !container.isEmpty()) {
            throw ParameterException.about(
                    UpdateEcsService.IMAGE, "container: '" + container + "' says where it goes, and there is none");
        }
        if (!image.isEmpty() && container.isEmpty() && !images.isEmpty()) {
            throw ParameterException.about(
                    UpdateEcsService.CONTAINER, "say which one gets '" + image + "', or put it into images as well");
        }
        if (images.containsKey(container)) {
            throw ParameterException.about(
                    UpdateEcsService.IMAGES, "container '" + container + "' gets one by image and another one here");
        }
        if (image.isEmpty() && images.isEmpty() && tags.isEmpty()) {
            throw ParameterException.about(UpdateEcsService.IMAGE, "there is neither an image nor a tag to set");
        }
    }

    private static Map<String, String> texts(Parameters parameters, String name, String allowed) {
        Map<String, String> texts = new LinkedHashMap<>();
        parameters.map(name).forEach((key, value) -> {
            boolean isPlain = value instanceof String || value instanceof Number || value instanceof Boolean;
            boolean isEmpty =
                    name.equals(UpdateEcsService.IMAGES) && value.toString().isBlank();
            if (!isPlain || isEmpty || key.isBlank()) {
                throw ParameterException.of(name + "." + key, value, allowed);
            }
            texts.put(key, value.toString());
        });
        return texts;
    }

    /** Source: ECS API Reference, "Tag". */
    private static void requireTags(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            ServiceRequest.problemOfKey(key).ifPresent(allowed -> {
                throw ParameterException.of(UpdateEcsService.TAGS, key, allowed);
            });
            ServiceRequest.problemOfValue(value).ifPresent(allowed -> {
                throw ParameterException.of(UpdateEcsService.TAGS + "." + key, value, allowed);
            });
        });
    }

    private static void requireDistinct(List<ServiceRequest> requests) {
        Set<String> seen = new HashSet<>();
        for (ServiceRequest request : requests) {
            if (!seen.add(request.text())) {
                throw ParameterException.about(
                        UpdateEcsService.SERVICES, "'" + request.text() + "' is named twice; each can change once");
            }
        }
    }
}
