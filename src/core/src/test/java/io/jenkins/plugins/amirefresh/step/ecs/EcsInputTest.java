package io.jenkins.plugins.amirefresh.step.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.ecs.ServiceRequest;
import io.jenkins.plugins.amirefresh.step.catalog.StepCall;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field of the event and every combination of parameters that cannot be meant, before anything is asked of AWS. */
class EcsInputTest {

    private static final UpdateEcsService STEP = new UpdateEcsService();

    private static UpdateOptions options(Map<String, ?> given) {
        return UpdateOptions.of(Parameters.parse(UpdateEcsService.NAME, STEP.parameters(), given));
    }

    private static String refusal(Map<String, ?> given) {
        try {
            STEP.operation(Parameters.parse(UpdateEcsService.NAME, STEP.parameters(), given));
            return "taken";
        } catch (ParameterException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | it is not JSON: Unexpected end-of-input",
                "'text' | it is not JSON: ",
                "5 | 5 is not of type 'object'",
                "null | None is not of type 'object'",
                "[] | [] is too short",
                "[5] | 5 is not of type 'object'",
                "{} | 'ecs_cluster_name' is a required property",
                "{C} | 'ecs_service_name' is a required property",
                "{C,S} | 'ecs_image_name' is a required property",
                "{C,S,I} | 'ecs_tag' is a required property",
                "{S,I,T} | 'ecs_cluster_name' is a required property",
                "{C,S,I,\"ecs_tag\":[]} | [] is not of type 'object'",
                "{C,S,I,\"ecs_tag\":null} | None is not of type 'object'",
                "{C,S,I,\"ecs_tag\":\"it's\"} | \"it's\" is not of type 'object'",
                "{C,S,T,\"ecs_image_name\":7.5} | 7.5 is not of type 'string'",
                "{C,S,T,\"ecs_image_name\":true} | True is not of type 'string'",
                "{C,S,T,\"ecs_image_name\":\"\"} | '' is too short",
                "{S,I,T,\"ecs_cluster_name\":[\"a\",1]} | ['a', 1] is not of type 'string'",
                "{S,I,T,\"ecs_cluster_name\":\"\"} | '' is too short",
                "{C,I,T,\"ecs_service_name\":{}} | {} is not of type 'string'",
                "{S,I,T,\"ecs_cluster_name\":null} | None is not of type 'string'",
                "{C,I,T,\"ecs_service_name\":null} | None is not of type 'string'",
                "{C,I,T,\"ecs_service_name\":\"\"} | '' is too short",
                "{C,S,T,\"ecs_image_name\":null} | None is not of type 'string'",
                "{C,S,I,T,\"ecs_container_name\":\"\"} | '' is too short",
                "{C,S,I,T,\"ecs_container_name\":null} | None is not of type 'string'",
                "{C,S,I,T,\"ecs_tag_mode\":5} | 5 is not one of ['merge', 'replace']",
                "{C,S,I,T,\"ecs_tag_mode\":null} | None is not one of ['merge', 'replace']",
                "{C,S,I,T,\"ecs_container_name\":5} | 5 is not of type 'string'",
                "{C,S,I,T,\"ecs_tag_mode\":\"both\"} | 'both' is not one of ['merge', 'replace']",
                "{C,S,I,T,\"ecs_containr_name\":\"a\"} | 'ecs_containr_name' is none of ecs_cluster_name, ",
            })
    void whenAnEventIsWrong_thenTheTextIsTheOriginals(String event, String problem) {
        // given
        String payload = event.replace("C", "\"ecs_cluster_name\":\"shop\"")
                .replace("S", "\"ecs_service_name\":\"web\"")
                .replace("I", "\"ecs_image_name\":\"nginx\"")
                .replace("T", "\"ecs_tag\":{}");

        // when / then
        assertThat(refusal(Map.of("payload", payload)))
                .startsWith("[ERROR][json_validation] wrong input event format: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "null", "[]", "{\"a\": 1}"})
    void whenATagIsNoText_thenItIsRefusedBeforeTheChange(String value) {
        // given
        String payload = "{\"ecs_cluster_name\":\"shop\",\"ecs_service_name\":\"web\",\"ecs_image_name\":\"nginx\","
                + "\"ecs_tag\":{\"a\":\"1\",\"b\":" + value + "}}";

        // when / then
        assertThat(refusal(Map.of("payload", payload)))
                .startsWith("[ERROR][ecs_service_update] service tags could not be updated (ParamValidationError) {'a':"
                        + " '1', 'b': ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a<b>", ";", "line\nbreak"})
    void whenAwsWouldRefuseATag_thenItIsRefusedBeforeTheChange(String value) {
        Map<String, Object> given = good();
        given.put("tags", Map.of("team", value));
        String payload = "{\"ecs_cluster_name\":\"shop\",\"ecs_service_name\":\"web\",\"ecs_image_name\":\"nginx\","
                + "\"ecs_tag\":{\"a<b>\":\"1\"}}";

        assertThat(refusal(given)).startsWith("tags.team: '").contains("give letters, numbers, spaces and");
        assertThat(refusal(Map.of("payload", payload)))
                .startsWith("[ERROR][ecs_service_update] service tags could not be updated (ClientError)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx:",
                ":1.5",
                "@sha256:abc",
                "nginx: 1.29",
                "nginx:1:2",
                "Nginx:1",
                "https://ECR/shop/app:1.5",
                "ECR/shop/app:",
                "ECR/shop/app:1.5:2",
                "ECR/shop/app@1.5",
                "ECR/shop/app@sha256:abc",
                "ECR/Shop/app:1.5",
                "ECR/",
                "ECR",
                "ECR:1.5",
                "111111111111.DKR.ECR.eu-west-1.amazonaws.com/shop/app:1.5",
                "1.dkr.ecr.eu-west-1.amazonaws.com/shop/app:1.5"
            })
    void whenNoRegistryCanHaveAnImage_thenItIsRefusedBeforeTheChange(String text) {
        String image = text.replaceFirst("(?<!DKR\\.)ECR", "111111111111.dkr.ecr.eu-west-1.amazonaws.com");
        Map<String, Object> one = good();
        one.put("image", image);
        Map<String, Object> several = good();
        several.remove("image");
        several.put("images", Map.of("app", image));
        String payload =
                "{\"ecs_cluster_name\":\"shop\",\"ecs_service_name\":\"web\",\"ecs_tag\":{},\"ecs_image_name\":\""
                        + image + "\"}";

        assertThat(refusal(one)).startsWith("image: Container.image ").doesNotContain("\n");
        assertThat(refusal(several)).startsWith("images.app: Container.image ");
        assertThat(refusal(Map.of("payload", payload)))
                .startsWith("[ERROR][ecs_service_update] new task_definition could not be created Container.image ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx",
                "library/nginx:1.29-alpine",
                "localhost:5000/a/b__c:latest",
                "public.ecr.aws/nginx/nginx:1",
                "ECR/shop/app",
                "ECR/shop/app:1.5",
                "ECR/shop/app@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "ECR/shop/app:1.5@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1",
                "111111111111.dkr-ecr.eu-west-1.on.aws/app:1"
            })
    void whenARegistryCanHaveAnImage_thenItIsTaken(String text) {
        Map<String, Object> given = good();
        given.put("image", text.replace("ECR", "111111111111.dkr.ecr.eu-west-1.amazonaws.com"));

        assertThat(refusal(given)).isEqualTo("taken");
    }

    @Test
    void whenAnEventHasMoreMembers_thenTheyAreTakenAsTheOriginalTookThemAndTold() {
        // when
        UpdateOptions options = options(Map.of(
                "payload",
                "[{\"ecs_cluster_name\":\"shop\",\"ecs_service_name\":\"web\",\"ecs_image_name\":\"nginx\",\"ecs_tag\":{},"
                        + "\"comment\":\"x\"}]"));

        // then
        assertThat(options.unknown()).containsExactly("comment");
        assertThat(options.requests()).hasSize(1);
    }

    private static Map<String, Object> good() {
        return new HashMap<>(Map.of("cluster", "shop", "services", "web", "image", "nginx:1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services | | services: null is not allowed; give a value, or leave it out; is a variable not set?",
                "services | web,web | services: 'shop/web' is named twice; each can change once",
                "image | | image: null is not allowed; give a value, or leave it out; is a variable not set?",
                "services | arn:aws:ecs:eu-west-1:111111111111:service/prod/web | services: 'arn:aws:ecs:eu-west-1:111111111111:service/prod/web' is in cluster prod, and cluster is shop",
                "services | arn:aws:ecs:eu-west-1:111111111111:service/shop/web | taken",
                "services | arn:aws:ecs:eu-west-1:111111111111:service/web | taken",
                "services | web,arn:aws:ecs:eu-west-1:111111111111:service/shop/web | services: 'shop/web' is named twice",
                "services | prod/web | services: 'prod/web' is not allowed; give a name, or an ARN such as arn:aws:ecs:eu-west-1:111111111111:service/shop/web",
                "services | arn:aws:ecs:eu-west-1:111111111111:task/shop/web | services: 'arn:",
                "cluster | arn:aws:ecs:eu-west-1:111111111111:service/shop/web | cluster: 'arn:",
                "cluster | prod/shop | cluster: 'prod/shop' is not allowed; give a name, or an ARN such as arn:aws:ecs:eu-west-1:111111111111:cluster/shop",
                "cluster | arn:aws:ecs:eu-west-1:111111111111:cluster/shop | taken",
                "container | app | taken",
                "timeLimit | 0 | timeLimit: 'PT0S' is not allowed; give more than nothing, such as '30m'",
                "timeLimit | soon | timeLimit: 'soon' is not allowed; give a duration such as",
                "bakeTime | -1m | bakeTime: '-1m' is not allowed; give a duration such as",
                "maxConcurrent | 0 | maxConcurrent: '0' is not allowed; give 1 or more",
                "maxConcurrent | many | maxConcurrent: 'many' is not allowed; give a whole number",
                "tagMode | add | tagMode: 'add' is not allowed; give one of merge, replace",
                "sameImage | skip | sameImage: 'skip' is not allowed; give one of deploy, keep",
                "onFailure | retry | onFailure: 'retry' is not allowed; give one of rollback, stop",
                "onAbort | stop | onAbort: 'stop' is not allowed; give one of finish-batch, rollback, leave",
                "failOn | never | failOn: 'never' is not allowed; give one of any, broken, none",
                "dryRun | maybe | dryRun: 'maybe' is not allowed; give true or false",
                "regions | nowhere | regions: 'nowhere' is not allowed; give regions such as eu-west-1",
                "accounts | root | accounts: 'root' is not allowed; give 'self' or ARNs of IAM roles",
                "images | text | images: 'text' is not allowed; give a map",
                "tags | text | tags: 'text' is not allowed; give a map",
                "payload | {} | cluster: the payload says it; give one of both",
                "service | web | updateEcsService has no parameter 'service', did you mean 'services'?",
            })
    void whenAValueCannotBeMeant_thenItIsNamed(String name, String value, String line) {
        // given
        Map<String, Object> given = good();
        given.put(name, value);

        // when / then
        assertThat(refusal(given)).startsWith(line).doesNotContain("\n");
    }

    @Test
    void whenOnlyAnArnNamesTheCluster_thenItIsThatOne() {
        Map<String, Object> given = good();
        given.remove("cluster");
        given.put("services", "arn:aws:ecs:eu-west-1:111111111111:service/prod/web,api");

        assertThat(options(given).requests())
                .extracting(ServiceRequest::text)
                .containsExactly("prod/web", "default/api");
    }

    @Test
    void whenAnEventMixesClusters_thenItsCallerIsToldInItsWords() {
        String event =
                "{\"ecs_cluster_name\":\"shop\",\"ecs_image_name\":\"nginx\",\"ecs_tag\":{},\"ecs_service_name\":"
                        + "\"arn:aws:ecs:eu-west-1:111111111111:service/prod/web\"}";

        assertThat(refusal(Map.of("payload", event)))
                .isEqualTo(
                        "[ERROR][ecs_service_read] ecs_service_name arn:aws:ecs:eu-west-1:111111111111:service/prod/web"
                                + " not found: it is in cluster prod, and cluster is shop");
    }

    @Test
    void whenImagesContradictEachOther_thenOneLineSaysSo() {
        // given
        Map<String, Object> both = good();
        both.put("images", Map.of("app", "nginx:2"));
        Map<String, Object> twice = new HashMap<>(both);
        twice.put("container", "app");
        Map<String, Object> nowhere = good();
        nowhere.remove("image");
        nowhere.put("container", "app");

        // when / then
        assertThat(refusal(both)).isEqualTo("container: say which one gets 'nginx:1', or put it into images as well");
        assertThat(refusal(twice)).isEqualTo("images: container 'app' gets one by image and another one here");
        assertThat(refusal(nowhere)).isEqualTo("image: container: 'app' says where it goes, and there is none");
    }

    @Test
    void whenTagsAreNotWhatAwsTakes_thenTheyAreRefused() {
        for (Map<String, ?> tags : List.of(
                Map.of("AWS:own", "1"),
                Map.of("aws:own", "1"),
                Map.of("k".repeat(129), "1"),
                Map.of("k", "v".repeat(257)),
                Map.of("k", List.of(1)))) {
            Map<String, Object> given = good();
            given.put("tags", tags);
            assertThat(refusal(given)).startsWith("tags");
        }
    }

    @Test
    void whenAFormHoldsSomeValues_thenItIsNotToldOfThoseThatAreMissing() {
        assertThat(StepCall.problems(STEP, Map.of("container", "app", "cluster", "shop")))
                .isEmpty();
        assertThat(StepCall.problems(STEP, Map.of("image", "a", "images", Map.of("b", "c"))))
                .isEmpty();
        assertThat(StepCall.problems(STEP, Map.of("maxConcurrent", "0"))).containsOnlyKeys("maxConcurrent");
    }

    @Test
    void whenAPayloadIsHuge_thenTheLineStaysShort() {
        assertThatThrownBy(() -> options(Map.of("payload", "{\"ecs_tag\": \"" + "x".repeat(100_000) + "\"}")))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("[ERROR][json_validation] wrong input event format: 'ecs_cluster_name'");
    }
}
