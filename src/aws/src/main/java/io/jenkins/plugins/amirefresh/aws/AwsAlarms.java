package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Alarms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Alarms over the AWS SDK. */
final class AwsAlarms implements Alarms {

    // Source: CloudWatch API Reference, "DescribeAlarms".
    private static final int PAGE = 100;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsAlarms(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Map<String, Alarm> named(Collection<String> names) {
        Map<String, Alarm> found = new LinkedHashMap<>();
        for (List<String> page : Pages.of(names, PAGE)) {
            DescribeAlarmsResponse answer =
                    calls.call("DescribeAlarms", String.join(", ", page), () -> clients.cloudWatch()
                            .describeAlarms(request -> request.alarmNames(page)
                                    .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                                    .maxRecords(PAGE)));
            answer.metricAlarms()
                    .forEach(alarm -> found.put(
                            alarm.alarmName(), alarm(alarm.alarmName(), alarm.stateValue(), alarm.stateReason())));
            answer.compositeAlarms()
                    .forEach(alarm -> found.put(
                            alarm.alarmName(), alarm(alarm.alarmName(), alarm.stateValue(), alarm.stateReason())));
        }
        return Map.copyOf(found);
    }

    @Override
    public List<String> beginningWith(String prefix) {
        DescribeAlarmsResponse answer = calls.call("DescribeAlarms", prefix, () -> clients.cloudWatch()
                .describeAlarms(request -> request.alarmNamePrefix(prefix)
                        .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                        .maxRecords(PAGE)));
        List<String> names = new ArrayList<>();
        answer.metricAlarms().forEach(alarm -> names.add(alarm.alarmName()));
        answer.compositeAlarms().forEach(alarm -> names.add(alarm.alarmName()));
        return List.copyOf(names);
    }

    private static Alarm alarm(String name, StateValue state, String reason) {
        State known =
                state == StateValue.OK ? State.OK : state == StateValue.ALARM ? State.ALARM : State.INSUFFICIENT_DATA;
        return new Alarm(name, known, Pages.text(reason));
    }
}
