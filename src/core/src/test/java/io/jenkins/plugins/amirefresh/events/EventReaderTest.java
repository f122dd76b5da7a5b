package io.jenkins.plugins.amirefresh.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each body comes to: every field missing, of the wrong kind, or with a value that is none. */
class EventReaderTest {

    private final EventReader reader = new EventReader(RecycleTags.configured(java.util.Map.of()));

    private String read(String body) {
        Reading reading = reader.read(body.replace('\'', '"'));
        if (reading instanceof Reading.Change change) {
            return change.event().kind() + " " + change.event().names();
        }
        return reading instanceof Reading.Poison poison
                ? "poison: " + poison.reason()
                : "ignored: " + ((Reading.Ignored) reading).reason();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | GROUP [web]
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'requestParameters': {'autoScalingGroupName': 'web', 'mixedInstancesPolicy': {}}}} | GROUP [web]
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'requestParameters': {'autoScalingGroupName': 'web', 'launchConfigurationName': 'lc'}}} | GROUP [web]
            {'detail': {'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {'version': '3'}}}} | GROUP [web]
            {'Type': 'Notification', 'Message': '{\\'detail\\': {\\'requestParameters\\': {\\'autoScalingGroupName\\': \\'web\\', \\'launchTemplate\\': {}}}}'} | GROUP [web]
            {'detail': {'eventName': 'CreateOrUpdateTags', 'requestParameters': {'tags': [{'resourceId': 'a', 'key': 'Name'}, {'resourceId': 'b', 'resourceType': 'auto-scaling-group', 'key': 'autorecycle_strategy'}]}}} | TAGS [b]
            {'detail': {'eventName': 'DeleteTags', 'requestParameters': {'tags': [{'resourceId': 'a', 'key': 'autorecycle_dry_run'}, {'resourceId': 'b', 'key': 'autorecycle_team'}]}}} | TAGS [a, b]
            {'detail': {'eventName': 'CreateLaunchTemplateVersion', 'requestParameters': {'CreateLaunchTemplateVersionRequest': {'LaunchTemplateId': 'lt-0123456789abcdef0'}}}} | TEMPLATE_VERSION [lt-0123456789abcdef0]
            {'detail': {'eventName': 'CreateLaunchTemplateVersion', 'requestParameters': {'launchTemplateName': 'web'}}} | TEMPLATE_VERSION [web]
            {'detail': {'eventName': 'ModifyLaunchTemplate', 'requestParameters': {'ModifyLaunchTemplateRequest': {'LaunchTemplateName': 'web', 'SetDefaultVersion': 3}}}} | TEMPLATE_DEFAULT [web]
            {'detail': {'eventName': 'PutParameter', 'requestParameters': {'name': '/golden'}}} | PARAMETER [/golden]
            {'detail-type': 'Parameter Store Change', 'detail': {'operation': 'Update', 'name': '/golden', 'type': 'String'}} | PARAMETER [/golden]
            {'eventName': 'UpdateAutoScalingGroup', 'awsRegion': 'eu-west-1', 'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}} | GROUP [web]
            """)
    void whenSomethingWasChanged_thenItIsTold(String body, String told) {
        assertThat(read(body)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'requestParameters': {'autoScalingGroupName': 'web', 'maxSize': 3}}} | web: The launchConfiguration/launchTemplate is unchanged. Skipping recycling
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'errorCode': 'ValidationError', 'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | UpdateAutoScalingGroup failed: ValidationError
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'userAgent': 'aws-sdk-java/2.41 md/x ami-refresh/1.0', 'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | UpdateAutoScalingGroup is a change of AMI Refresh itself
            {'detail': {'eventName': 'CreateOrUpdateTags', 'requestParameters': {'tags': [{'resourceId': 'a', 'key': 'Name'}]}}} | CreateOrUpdateTags is about no tag that says whether a group is recycled
            {'detail': {'eventName': 'CreateOrUpdateTags', 'requestParameters': {'tags': [{'resourceId': 'a', 'resourceType': 'x', 'key': 'autorecycle_team'}]}}} | CreateOrUpdateTags is about no tag that says whether a group is recycled
            {'detail': {'eventName': 'ModifyLaunchTemplate', 'requestParameters': {'ModifyLaunchTemplateRequest': {'LaunchTemplateName': 'web'}}}} | ModifyLaunchTemplate moves no default
            {'detail': {'eventName': 'SetDesiredCapacity', 'requestParameters': {'autoScalingGroupName': 'web'}}} | SetDesiredCapacity changes nothing that instances are launched from
            {'detail-type': 'EC2 Instance State-change Notification', 'detail': {'instance-id': 'i-1', 'state': 'running'}} | EC2 Instance State-change Notification changes nothing that instances are launched from
            {'detail-type': 'Parameter Store Change', 'detail': {'operation': 'Delete', 'name': '/golden'}} | a parameter that is deleted launches nothing new
            """)
    void whenNothingIsToBeRecycled_thenItIsIgnored(String body, String reason) {
        assertThat(read(body)).isEqualTo("ignored: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            please recycle | is no JSON: Unrecognized token 'please'
            {'detail': | is no JSON: Unexpected end-of-input
            {'detail': {}} x | is no JSON: Unrecognized token 'x'
            [] | is no JSON object: []
            'text' | is no JSON object: "text"
            {} | has no object 'detail'
            {'detail': []} | has no object 'detail'
            {'Type': 'Notification', 'Message': 'hello'} | is no JSON: Unrecognized token 'hello'
            {'detail': {}} | tells of a change by hand without 'autoScalingGroupName'
            {'detail': {'eventName': 7}} | has a 'eventName' that is no text: 7
            {'detail': {'eventName': 'UpdateAutoScalingGroup'}} | tells of UpdateAutoScalingGroup without 'autoScalingGroupName'
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'requestParameters': {'autoScalingGroupName': ['web'], 'launchTemplate': {}}}} | has a 'autoScalingGroupName' that is no text: ["web"]
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'requestParameters': {'autoScalingGroupName': 'a:b', 'launchTemplate': {}}}} | has the group's name 'a:b', which is none
            {'detail': {'eventName': 'UpdateAutoScalingGroup', 'eventTime': 'yesterday', 'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | has the time 'yesterday', which is none
            {'account': '12', 'detail': {'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | has the account '12', which is none
            {'region': 'mars', 'detail': {'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | has the region 'mars', which is none
            {'region': 3, 'detail': {'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {}}}} | has a 'region' that is no text: 3
            {'detail': {'eventName': 'CreateOrUpdateTags'}} | tells of CreateOrUpdateTags without an object 'requestParameters'
            {'detail': {'eventName': 'DeleteTags', 'requestParameters': {'tags': {}}}} | tells of DeleteTags without a list 'tags'
            {'detail': {'eventName': 'DeleteTags', 'requestParameters': {'tags': [{'key': 'autorecycle_team'}]}}} | tells of a tag of DeleteTags without 'resourceId'
            {'detail': {'eventName': 'CreateLaunchTemplateVersion', 'requestParameters': {}}} | tells of CreateLaunchTemplateVersion without a launch template
            {'detail': {'eventName': 'CreateLaunchTemplateVersion', 'requestParameters': {'LaunchTemplateId': 'lt-x'}}} | has the launch template's id 'lt-x', which is none
            {'detail': {'eventName': 'PutParameter', 'requestParameters': {}}} | tells of PutParameter without 'name'
            {'detail-type': 'Parameter Store Change', 'detail': {'operation': 'Update'}} | tells of Parameter Store Change without 'name'
            """)
    void whenNobodyCanReadIt_thenItIsPoison(String body, String reason) {
        assertThat(read(body)).startsWith("poison: " + reason);
        assertThat(read(body).lines()).hasSize(1);
    }

    /** Whatever stands in a field: one line, and no group but the one that the event names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'account': '111111111111', 'region': 'eu-west-1', 'time': '2026-11-24T10:00:00Z', 'detail-type': 'AWS API Call via CloudTrail', 'detail': {'eventTime': '2026-11-24T10:00:00Z', 'eventName': 'UpdateAutoScalingGroup', 'awsRegion': 'eu-west-1', 'recipientAccountId': '111111111111', 'errorCode': '', 'userAgent': 'terraform', 'userIdentity': {'arn': 'arn:aws:iam::111111111111:user/x'}, 'requestParameters': {'autoScalingGroupName': 'web', 'launchTemplate': {'version': '2'}}}}",
                "{'account': '111111111111', 'region': 'eu-west-1', 'detail': {'eventName': 'CreateOrUpdateTags', 'requestParameters': {'tags': [{'resourceId': 'web', 'resourceType': 'auto-scaling-group', 'key': 'autorecycle_team', 'value': 'x', 'propagateAtLaunch': false}]}}}",
                "{'detail': {'eventName': 'ModifyLaunchTemplate', 'requestParameters': {'ModifyLaunchTemplateRequest': {'LaunchTemplateName': 'web', 'SetDefaultVersion': '3'}}}}",
                "{'detail': {'eventName': 'CreateLaunchTemplateVersion', 'requestParameters': {'CreateLaunchTemplateVersionRequest': {'LaunchTemplateName': 'web', 'LaunchTemplateData': {'ImageId': 'ami-1'}}}}}",
                "{'detail-type': 'Parameter Store Change', 'detail': {'operation': 'Update', 'name': 'web', 'type': 'String'}}",
                "{'detail': {'eventName': 'PutParameter', 'requestParameters': {'name': 'web'}}}"
            })
    void whenAnyFieldIsMissingOrOfAnotherKind_thenItIsOneLineAndNobodyElseIsMeant(String event) throws Exception {
        ObjectMapper json = new ObjectMapper();
        int looked = 0;
        for (String wrong : List.of("", "null", "7", "true", "\"\"", "\" \"", "\"a\\u001b\\nb\"", "[]", "{}", "[{}]")) {
            for (JsonPointer field : fields(json.readTree(event.replace('\'', '"')), JsonPointer.empty())) {
                JsonNode whole = json.readTree(event.replace('\'', '"'));
                ContainerNode<?> holder = (ContainerNode<?>) whole.at(field.head());
                if (holder instanceof ObjectNode object) {
                    String name = field.last().getMatchingProperty();
                    if (wrong.isEmpty()) {
                        object.remove(name);
                    } else {
                        object.set(name, json.readTree(wrong));
                    }
                }
                String read = read(whole.toString());
                assertThat(read.lines()).as("%s is '%s'", field, wrong).hasSize(1);
                assertThat(read)
                        .matches(
                                "(GROUP|TAGS|TEMPLATE_VERSION|TEMPLATE_DEFAULT|PARAMETER) \\[web]|(poison|ignored): .{1,250}");
                looked++;
            }
        }
        assertThat(looked).isGreaterThan(20);
    }

    private static List<JsonPointer> fields(JsonNode node, JsonPointer at) {
        List<JsonPointer> fields = new ArrayList<>();
        node.properties().forEach(field -> {
            JsonPointer there = at.appendProperty(field.getKey());
            fields.add(there);
            fields.addAll(fields(field.getValue(), there));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            fields.addAll(fields(node.get(i), at.appendIndex(i)));
        }
        return fields;
    }

    @Test
    void whenAnEventSaysWhereAndWhenAndWho_thenThatIsKept() {
        // given
        String body =
                """
                {"account": "111111111111", "region": "eu-west-1", "time": "2026-11-24T10:00:01Z", "detail": {
                  "eventTime": "2026-11-24T10:00:00Z", "eventName": "UpdateAutoScalingGroup", "errorCode": null,
                  "userIdentity": {"arn": "arn:aws:sts::111111111111:assumed-role/deploy/web-12"},
                  "requestParameters": {"autoScalingGroupName": "web", "launchTemplate": {}}}}
                """;

        // when
        ChangeEvent event = ((Reading.Change) reader.read(body)).event();

        // then
        assertThat(event.account()).isEqualTo("111111111111");
        assertThat(event.region()).isEqualTo("eu-west-1");
        assertThat(event.at()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
        assertThat(event.session()).isEqualTo("web-12");
    }
}
