package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupsInAccountTest {

    private static final String ACCOUNT =
            """
            accounts:
              - id: 111111111111
                regions:
                  - name: eu-west-1
                    securityGroups:
                      - {name: web, id: sg-0123456789abcdef0, admits: [443, 8000-8100], tags: {Team: shop}}
                    images: [{name: base}]
                    launchTemplates:
                      - {name: web, versions: [{image: base, securityGroups: [web]}]}
                    autoScalingGroups:
                      - {name: web, launchTemplate: web, min: 1, desired: 1, max: 1}
            """;

    private final AccountReader reader = new AccountReader();

    private JsonNode ask(Simulator simulator, String operation) {
        AccountRegion at = new AccountRegion("111111111111", "eu-west-1");
        ObjectNode nothing = new ObjectMapper().createObjectNode();
        return simulator.call(
                "ec2",
                operation,
                nothing,
                new Caller(at.accountId(), at.region(), "arn:aws:iam::111111111111:root", "any"));
    }

    @Test
    void whenOneIsDeclared_thenItAdmitsItsPortsAndInstancesHaveIt() {
        Simulator simulator = Simulator.of(reader.read("a.yaml", ACCOUNT));

        JsonNode groups = ask(simulator, "DescribeSecurityGroups").path("SecurityGroups");
        assertThat(groups)
                .filteredOn(group -> group.path("GroupName").asText().equals("web"))
                .singleElement()
                .satisfies(group -> {
                    assertThat(group.path("GroupId").asText()).isEqualTo("sg-0123456789abcdef0");
                    assertThat(group.path("IpPermissions").findValuesAsText("FromPort"))
                            .containsExactly("443", "8000");
                    assertThat(group.path("IpPermissions").findValuesAsText("ToPort"))
                            .containsExactly("443", "8100");
                    assertThat(group.path("Tags").findValuesAsText("Value")).containsExactly("shop");
                });
        assertThat(ask(simulator, "DescribeInstances")
                        .findValues("SecurityGroups")
                        .toString())
                .contains("sg-0123456789abcdef0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            securityGroups: [web]   | securityGroups: [wep]  | a.yaml:9: there is no security group 'wep' here; declared: web; did you mean 'web'?
            443, 8000-8100          | 8100-8000              | a.yaml:6: admits takes ports from 0 to 65535, such as 8080 or 8000-8100, not [8100-8000]
            'name: web, id:'        | 'name: default, id:'   | a.yaml:6: a security group may not be called 'default'
            'admits: ['             | 'vpc: other, admits: [' | a.yaml:6: there is no VPC 'other' here; declared: default
            """)
    void whenOneIsWrong_thenItsLineIsNamed(String right, String wrong, String message) {
        String text = ACCOUNT.replace(right, wrong);
        assertThatThrownBy(() -> reader.read("a.yaml", text))
                .isInstanceOf(AccountFileException.class)
                .hasMessage(message);
    }
}
