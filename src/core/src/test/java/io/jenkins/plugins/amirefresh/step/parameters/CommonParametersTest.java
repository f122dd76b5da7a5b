package io.jenkins.plugins.amirefresh.step.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommonParametersTest {

    private static final String ROLE = "arn:aws:iam::222222222222:role/ami-refresh";

    @Test
    void whenParametersAreGiven_thenTheyWinOverTheEnvironment() {
        List<Place> places = places(
                Map.of("regions", "eu-west-1,eu-west-2", "accounts", List.of("self", ROLE), "externalId", "x"),
                Map.of("AMI_REFRESH_REGIONS", "us-east-1"));

        assertThat(places)
                .containsExactly(
                        new Place(AccountAccess.SELF, new AwsRegion("eu-west-1")),
                        new Place(AccountAccess.SELF, new AwsRegion("eu-west-2")),
                        new Place(new AccountAccess("", ROLE, "x"), new AwsRegion("eu-west-1")),
                        new Place(new AccountAccess("", ROLE, "x"), new AwsRegion("eu-west-2")));
    }

    @Test
    void whenNothingIsGiven_thenTheEnvironmentDecides() {
        assertThat(places(Map.of(), Map.of("AMI_REFRESH_REGIONS", "us-east-1", "AMI_REFRESH_ACCOUNTS", ROLE)))
                .containsExactly(new Place(new AccountAccess("", ROLE, ""), new AwsRegion("us-east-1")));
        assertThat(places(Map.of(), Map.of("AWS_DEFAULT_REGION", "eu-west-3")))
                .containsExactly(new Place(AccountAccess.SELF, new AwsRegion("eu-west-3")));
    }

    @Test
    void whenAValueIsBad_thenOneLineNamesIt() {
        assertThatThrownBy(() -> places(Map.of("regions", "Ireland"), Map.of()))
                .isInstanceOf(ParameterException.class)
                .hasMessage("regions: 'Ireland' is not allowed; give regions such as eu-west-1");
        assertThatThrownBy(() -> places(Map.of("accounts", "222222222222"), Map.of("AWS_REGION", "eu-west-1")))
                .hasMessageStartingWith("accounts: '222222222222' is not allowed");
        assertThatThrownBy(() -> places(Map.of(), Map.of())).hasMessageStartingWith("regions: none is known");
    }

    @Test
    void whenAMapOfAnyNamesIsExpected_thenTheLineSaysSo() {
        ParameterSpec free = ParameterSpec.map("variables", List.of(), "what the template gets");

        assertThatThrownBy(() -> Parameters.parse("test", List.of(free), Map.of("variables", "x=1")))
                .hasMessage("variables: 'x=1' is not allowed; give a map of names to values");
    }

    @Test
    void whenTheSettingsNameTheAccounts_thenCredentialsAndExternalIdReachThem() {
        List<AccountAccess> setting = List.of(AccountAccess.SELF, new AccountAccess("theirs", ROLE, "old"));
        Map<String, String> environment = Map.of("AWS_REGION", "eu-west-1");

        assertThat(accounts(Map.of("credentialsId", "ours"), environment, setting))
                .containsExactly(new AccountAccess("ours", "", ""), new AccountAccess("ours", ROLE, "old"));
        assertThat(accounts(Map.of("externalId", "new"), environment, setting))
                .containsExactly(AccountAccess.SELF, new AccountAccess("theirs", ROLE, "new"));
        assertThat(accounts(Map.of("credentialsId", "ours", "externalId", "new"), environment, setting))
                .containsExactly(new AccountAccess("ours", "", ""), new AccountAccess("ours", ROLE, "new"));
        assertThat(accounts(Map.of("credentialsId", "ours", "accounts", "self"), environment, setting))
                .containsExactly(new AccountAccess("ours", "", ""));
        assertThat(accounts(Map.of(), environment, setting)).isEqualTo(setting);
    }

    private static List<AccountAccess> accounts(
            Map<String, ?> given, Map<String, String> environment, List<AccountAccess> setting) {
        Parameters parameters = Parameters.parse("test", CommonParameters.where(), given);
        return CommonParameters.places(parameters, environment, List.of(), setting).stream()
                .map(Place::access)
                .toList();
    }

    private static List<Place> places(Map<String, ?> given, Map<String, String> environment) {
        Parameters parameters = Parameters.parse("test", CommonParameters.where(), given);
        return CommonParameters.places(parameters, environment, List.of(), List.of());
    }
}
