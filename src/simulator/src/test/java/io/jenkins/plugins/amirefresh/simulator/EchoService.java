package io.jenkins.plugins.amirefresh.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service that keeps what it is asked and answers what it is told. */
final class EchoService implements AwsService {

    final List<ServiceCall> received = new ArrayList<>();
    private final String name;
    private final Map<String, Operation> operations = new HashMap<>();

    EchoService(String name) {
        this.name = name;
    }

    EchoService answering(String operation, ObjectNode answer) {
        return doing(operation, call -> answer);
    }

    EchoService doing(String operation, Operation effect) {
        operations.put(operation, call -> {
            received.add(call);
            return effect.answer(call);
        });
        return this;
    }

    static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }
}
