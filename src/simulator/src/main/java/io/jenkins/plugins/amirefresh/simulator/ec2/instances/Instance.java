package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Subnet;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance. */
public final class Instance implements Tagged {

    private final String id;
    private final Birth birth;
    private final Connection connection;
    private final List<String> volumeIds;
    private final Tags tags;
    private InstanceState state = InstanceState.PENDING;
    private @Nullable Instant leftAt;
    private Conduct conduct;
    private String instanceType;
    private List<SecurityGroup> groups;
    private boolean terminationProtection;
    private boolean stopProtection;
    private boolean sourceDestCheck = true;
    private boolean enaSupport;
    private String shutdownBehavior;
    private @Nullable String userData;
    private String transitionReason = "";
    private @Nullable StateReason stateReason;
    private @Nullable String publicAddress;
    private @Nullable CapacityReservation reservation;

    Instance(String id, Birth birth, Connection connection, List<String> volumeIds, Tags tags, Conduct conduct) {
        this.id = id;
        this.birth = birth;
        this.connection = connection;
        this.volumeIds = List.copyOf(volumeIds);
        this.tags = tags;
        this.conduct = conduct;
        this.instanceType = birth.parameters().path("InstanceType").asText();
        this.groups = connection.groups();
        this.terminationProtection =
                birth.parameters().path("DisableApiTermination").asBoolean(false);
        this.stopProtection = birth.parameters().path("DisableApiStop").asBoolean(false);
        this.enaSupport = birth.image().kind().enaSupport();
        this.shutdownBehavior =
                birth.parameters().path("InstanceInitiatedShutdownBehavior").asText("stop");
        this.userData = birth.parameters().path("UserData").asText(null);
        this.publicAddress = connection.publicAddress();
    }

    /**
     * How it came to be.
     *
     * @param parameters RunInstances' members with the template's laid under; shared by instances, not to be changed
     * @param template null when it was launched without one
     * @param publicKey of the key pair it was launched with, one line in OpenSSH's form; empty when there was none
     */
    record Birth(
            String reservationId,
            int launchIndex,
            Image image,
            ObjectNode parameters,
            @Nullable LaunchTemplateVersion template,
            Instant requested,
            String publicKey) {}

    /**
     * Where it is plugged in.
     *
     * @param subnetAddress what it takes of its subnet
     * @param loopbackAddress where it really answers, instead of its other addresses; null unless people can log in
     */
    record Connection(
            Subnet subnet,
            String interfaceId,
            String subnetAddress,
            @Nullable String loopbackAddress,
            @Nullable String publicAddress,
            List<SecurityGroup> groups) {

        String privateAddress() {
            return loopbackAddress == null ? subnetAddress : loopbackAddress;
        }
    }

    /** Why EC2 changed its state by itself. */
    record StateReason(String code, String message) {

        static StateReason of(String code, String text) {
            return new StateReason(code, code + ": " + text);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String resourceType() {
        return "instance";
    }

    @Override
    public Tags tags() {
        return tags;
    }

    /** Where it stands. */
    public InstanceState state() {
        return state;
    }

    /** How its programs and status checks behave. */
    public Conduct conduct() {
        return conduct;
    }

    /** For example {@code t3.micro}. */
    public String instanceType() {
        return instanceType;
    }

    /** The AMI it was launched from. */
    public Image image() {
        return birth.image();
    }

    /** The template version it was launched from, empty when it was launched without one. */
    public Optional<LaunchTemplateVersion> template() {
        return Optional.ofNullable(birth.template());
    }

    /** Its subnet. */
    public Subnet subnet() {
        return connection.subnet();
    }

    /** For example {@code eu-west-1a}. */
    public String zone() {
        return connection.subnet().zone();
    }

    /** Whether an Auto Scaling group launched it. */
    boolean isOfGroup() {
        return tags.get("aws:autoscaling:groupName").isPresent();
    }

    /** The launch configuration that a group launched it from, empty when it was none. */
    public Optional<String> launchConfiguration() {
        return Optional.ofNullable(
                birth.parameters().path(LaunchRequest.CONFIGURATION).asText(null));
    }

    /** Whether it is a Spot instance. */
    public boolean isSpot() {
        return birth.parameters()
                .path("InstanceMarketOptions")
                .path("MarketType")
                .asText()
                .equals("spot");
    }

    /** When it was last started. */
    public Instant launchTime() {
        return conduct.launched();
    }

    /** Its address in the subnet, or its loopback address when people can log in. */
    public String privateAddress() {
        return connection.privateAddress();
    }

    /** Its address outside, while it runs, if it has one. */
    public Optional<String> publicAddress() {
        return Optional.ofNullable(publicAddress);
    }

    /**
     * For example {@code ip-10-0-0-4.eu-west-1.compute.internal}; us-east-1 is {@code ec2.internal}. A loopback address is
     * its own name, so that clients can resolve it.
     */
    public String privateDnsName() {
        if (connection.loopbackAddress() != null) {
            return privateAddress();
        }
        String region = zone().substring(0, zone().length() - 1);
        String domain = region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
        return "ip-" + privateAddress().replace('.', '-') + "." + domain;
    }

    /** For example {@code ec2-198-18-0-1.eu-west-1.compute.amazonaws.com}, empty without a public address. */
    public Optional<String> publicDnsName() {
        if (connection.loopbackAddress() != null) {
            return publicAddress();
        }
        String region = zone().substring(0, zone().length() - 1);
        String domain = region.equals("us-east-1") ? "compute-1" : region + ".compute";
        return publicAddress().map(address -> "ec2-" + address.replace('.', '-') + "." + domain + ".amazonaws.com");
    }

    /**
     * What who sends this request gets now. Nobody is there until it runs; a VPC's own security group that nobody touched
     * lets in what the machine listens for, so that accounts need not declare any.
     */
    public ProbeAnswer answer(Instant now, Request request) {
        boolean isAdmitted = groups.stream().allMatch(SecurityGroup::isUntouched)
                ? conduct.listens(request.port(), request.asked())
                : groups.stream().anyMatch(group -> group.admits(request.port(), request.senders()));
        return state == InstanceState.RUNNING && isAdmitted ? conduct.answer(now, request) : ProbeAnswer.silence();
    }

    /** Whether it has this security group. */
    public boolean has(SecurityGroup group) {
        return groups.contains(group);
    }

    /** It was launched so that it can keep its memory while it is stopped. */
    boolean canHibernate() {
        return birth.parameters().path("HibernationOptions").path("Configured").asBoolean(false);
    }

    Birth birth() {
        return birth;
    }

    Connection connection() {
        return connection;
    }

    List<String> volumeIds() {
        return volumeIds;
    }

    List<SecurityGroup> groups() {
        return groups;
    }

    boolean isProtected() {
        return terminationProtection;
    }

    boolean isStopProtected() {
        return stopProtection;
    }

    boolean checksSource() {
        return sourceDestCheck;
    }

    boolean hasEna() {
        return enaSupport;
    }

    String shutdownBehavior() {
        return shutdownBehavior;
    }

    Optional<String> userData() {
        return Optional.ofNullable(userData);
    }

    String transitionReason() {
        return transitionReason;
    }

    /** Why EC2 changed its state, in its words; empty when it did not. */
    public String stateReasonText() {
        return stateReason == null ? "" : stateReason.message();
    }

    Optional<StateReason> stateReason() {
        return Optional.ofNullable(stateReason);
    }

    /** Where its capacity is reserved. */
    Optional<CapacityReservation> reservation() {
        return Optional.ofNullable(reservation).filter(CapacityReservation::isActive);
    }

    void occupy(CapacityReservation slot) {
        slot.take(id);
        reservation = slot;
    }

    void vacate() {
        reservation().ifPresent(slot -> slot.release(id));
        reservation = null;
    }

    void become(InstanceState next, Instant now) {
        boolean runs = next == InstanceState.PENDING || next == InstanceState.RUNNING;
        leftAt = runs ? null : leftAt == null ? now : leftAt;
        state = next;
    }

    /** Since when it does not run any more, empty while it does. */
    public Optional<Instant> leftAt() {
        return Optional.ofNullable(leftAt);
    }

    void because(String transition, @Nullable StateReason reason) {
        transitionReason = transition;
        stateReason = reason;
    }

    void restartedAs(Conduct next) {
        conduct = next;
    }

    void publish(@Nullable String address) {
        publicAddress = address;
    }

    void changeType(String type) {
        instanceType = type;
    }

    void changeGroups(List<SecurityGroup> next) {
        groups = List.copyOf(next);
    }

    void protect(boolean protection) {
        terminationProtection = protection;
    }

    void protectFromStop(boolean protection) {
        stopProtection = protection;
    }

    void checkSource(boolean check) {
        sourceDestCheck = check;
    }

    void useEna(boolean use) {
        enaSupport = use;
    }

    void onShutdown(String behavior) {
        shutdownBehavior = behavior;
    }

    void changeUserData(String text) {
        userData = text;
    }
}
