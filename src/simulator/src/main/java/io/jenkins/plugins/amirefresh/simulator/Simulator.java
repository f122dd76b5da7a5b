package io.jenkins.plugins.amirefresh.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviours;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredDocument;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import io.jenkins.plugins.amirefresh.simulator.account.TaskBehaviour;
import io.jenkins.plugins.amirefresh.simulator.behavior.Shells;
import io.jenkins.plugins.amirefresh.simulator.ecs.ContainerServices;
import io.jenkins.plugins.amirefresh.simulator.faults.Faults;
import io.jenkins.plugins.amirefresh.simulator.front.ApiFront;
import io.jenkins.plugins.amirefresh.simulator.front.CallLog;
import io.jenkins.plugins.amirefresh.simulator.front.Dispatcher;
import io.jenkins.plugins.amirefresh.simulator.front.InProcessHttpClient;
import io.jenkins.plugins.amirefresh.simulator.iam.Permissions;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Credentials;
import io.jenkins.plugins.amirefresh.simulator.kernel.EventLog;
import io.jenkins.plugins.amirefresh.simulator.kernel.FleetView;
import io.jenkins.plugins.amirefresh.simulator.kernel.Ids;
import io.jenkins.plugins.amirefresh.simulator.kernel.SimulatedTime;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.recorder.Recorder;
import io.jenkins.plugins.amirefresh.simulator.sqs.SimpleQueues;
import io.jenkins.plugins.amirefresh.simulator.sqs.Trail;
import io.jenkins.plugins.amirefresh.simulator.wire.ServiceModels;
import io.jenkins.plugins.amirefresh.simulator.wire.Wire;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * One simulated account file brought to life. Everything that reads or changes its state holds one lock, so any thread
 * may use it.
 */
public final class Simulator {

    private final ReentrantLock lock = new ReentrantLock();
    private final AccountFile account;
    private final World world;
    private final List<AwsService> services;
    private final Behaviours behaviours;
    private final Faults faults;
    private final Wire wire;
    private final IdentityHashMap<Happening, String> refused = new IdentityHashMap<>();
    private final Recorder recorder;
    private final CallLog calls;
    private final Dispatcher dispatcher;
    private final Permissions permissions;
    private final ApiFront front;

    private Simulator(AccountFile account, ServiceModels models, ServiceFactory factory) {
        this.account = account;
        SimulatedTime time = new SimulatedTime(account.start());
        this.world = new World(
                time,
                new Ids(account.seed()),
                new EventLog(time),
                new Credentials(account.defaultAccount().id()));
        this.recorder = new Recorder(time);
        this.behaviours = new Behaviours(account.behaviours());
        this.faults = new Faults(account.faults(), account.seed());
        this.services = factory.services(world, account, behaviours, recorder);
        this.calls = new CallLog();
        this.wire = new Wire(services.stream().map(AwsService::name).toList(), models);
        Dispatcher.Witness trail = services.stream()
                .filter(SimpleQueues.class::isInstance)
                .map(SimpleQueues.class::cast)
                .findFirst()
                .map(queues -> new Trail(world, account, queues))
                .<Dispatcher.Witness>map(found -> found::note)
                .orElse((call, code) -> {});
        this.permissions = new Permissions(account, services);
        this.dispatcher = new Dispatcher(world, services, wire, faults, permissions, calls, trail);
        this.front =
                new ApiFront(world, wire, dispatcher, account.accounts().get(0).homeRegion());
    }

    /**
     * From now on who calls with this access key, and each session of a role without a policy of its own, may do no more than
     * these IAM policies allow.
     */
    public void holdTo(String accessKeyId, List<JsonNode> policies) {
        String account = account().defaultAccount().id();
        String arn = "arn:aws:iam::" + account + ":user/" + accessKeyId;
        world.credentials().declare(accessKeyId, account, arn);
        permissions.hold(arn, policies);
    }

    /** Seeds every service from the file; the clock stands at the file's start. */
    public static Simulator of(AccountFile account) {
        return of(account, new ServiceModels());
    }

    /** The same, for who makes many simulators: what is read of the models is shared. */
    public static Simulator of(AccountFile account, ServiceModels models) {
        return of(account, models, Services::of);
    }

    /** For tests of the fronts: any services. */
    static Simulator of(AccountFile account, ServiceFactory factory) {
        return of(account, new ServiceModels(), factory);
    }

    private static Simulator of(AccountFile account, ServiceModels models, ServiceFactory factory) {
        Simulator simulator = new Simulator(account, models, factory);
        simulator.start();
        return simulator;
    }

    private void start() {
        for (DeclaredAccount declared : account.accounts()) {
            String arn = "arn:aws:iam::" + declared.id() + ":user/default";
            declared.accessKeys().forEach(key -> world.credentials().declare(key, declared.id(), arn));
        }
        new AccountCalls(account, services, wire).check();
        for (AwsService service : services) {
            if (service instanceof AccountSeeder seeder) {
                seed(seeder);
            }
        }
        account.happenings().forEach(happening -> world.time()
                .at(happening.at(), () -> dispatcher.happen(happening).ifPresent(why -> refused.put(happening, why))));
    }

    private void seed(AccountSeeder seeder) {
        try {
            seeder.seed(account);
        } catch (AwsError refusal) {
            throw new AccountFileException(account.source(), 0, "AWS would refuse it: " + refusal.getMessage());
        }
    }

    /**
     * What the account file says and nothing came of, so far: others' calls that AWS refused or whose moment has not come,
     * behaviours that no machine has met, faults that no call has met. One line each, beginning with file and line.
     */
    public List<String> warnings() {
        return locked(() -> new AccountWarnings(account, behaviours, unmetByTasks(), faults, refused)
                .at(world.time().now()));
    }

    private List<TaskBehaviour> unmetByTasks() {
        return services.stream()
                .filter(ContainerServices.class::isInstance)
                .map(ContainerServices.class::cast)
                .flatMap(containers -> containers.unmatched().stream())
                .toList();
    }

    /** The file it was made from. */
    public AccountFile account() {
        return account;
    }

    /** The simulated moment. */
    public Instant now() {
        return locked(() -> world.time().now());
    }

    /** When something happens next by itself, empty when nothing is scheduled. */
    public Optional<Instant> nextEvent() {
        return locked(() -> world.time().nextEvent());
    }

    /** Lets time pass until {@code moment}; never goes back. */
    public void advanceTo(Instant moment) {
        locked(() -> {
            world.time().advanceTo(moment);
            return moment;
        });
    }

    /**
     * One API call without a wire.
     *
     * @param service the model's name, for example {@code autoscaling}
     * @param input members under the model's names
     * @throws io.jenkins.plugins.amirefresh.simulator.kernel.AwsError as AWS would refuse
     */
    public ObjectNode call(String service, String operation, ObjectNode input, Caller caller) {
        return locked(() -> dispatcher.call(service, operation, input, caller));
    }

    /**
     * One HTTP request in AWS's protocols.
     *
     * @throws io.jenkins.plugins.amirefresh.simulator.faults.ConnectionDropped when a declared fault cuts it off
     */
    public WireResponse handle(WireRequest request) {
        return locked(() -> front.handle(request));
    }

    /** An HTTP client for the AWS SDK that ends here, whatever the endpoint; closing it changes nothing. */
    public SdkHttpClient sdkHttpClient() {
        return new InProcessHttpClient(this::handle);
    }

    /** The operations that are simulated, by service. */
    public SortedMap<String, SortedSet<String>> operations() {
        SortedMap<String, SortedSet<String>> operations = new TreeMap<>();
        services.forEach(service -> operations.put(
                service.name(), new TreeSet<>(service.operations().keySet())));
        return operations;
    }

    /** Every API call so far, oldest first. */
    public List<CallLog.Call> calls() {
        return locked(() -> List.copyOf(calls.calls()));
    }

    /** Everything that really changed so far, oldest first. */
    public List<EventLog.Effect> effects() {
        return locked(() -> List.copyOf(world.events().effects()));
    }

    /** Tells {@code watcher} of the machines that people can log into, while the lock is held. */
    public void watchShells(Shells.Watcher watcher) {
        locked(() -> {
            services.stream()
                    .filter(Shells.class::isInstance)
                    .map(Shells.class::cast)
                    .forEach(shells -> shells.watch(watcher));
            return watcher;
        });
    }

    /** Runs an action when this much simulated time has passed; it holds the lock, so it must not wait. */
    public void after(Duration delay, Runnable action) {
        locked(() -> world.time().after(delay, action));
    }

    /** Asks what the recorder saw; only the answer may leave the question. */
    public <T> T recorded(Function<Recorder, T> question) {
        return locked(() -> question.apply(recorder));
    }

    /** The resources of every declared place, by service, for people and tests. */
    public ObjectNode state() {
        return locked(() -> {
            ObjectNode state = JsonNodeFactory.instance.objectNode();
            state.put("now", world.time().now().toString());
            ArrayNode places = state.putArray("places");
            for (AccountRegion at : places()) {
                ObjectNode place =
                        places.addObject().put("account", at.accountId()).put("region", at.region());
                for (AwsService service : services) {
                    if (service instanceof StateView view) {
                        place.set(service.name(), view.state(at));
                    }
                }
            }
            return state;
        });
    }

    /** The fleets of every declared place: groups, launch templates, AMIs, for people and tests. */
    public ObjectNode fleet() {
        return locked(() -> {
            ObjectNode fleet = JsonNodeFactory.instance.objectNode();
            for (FleetView.Kind kind : FleetView.Kind.values()) {
                ArrayNode rows = fleet.putArray(kind.text());
                places().forEach(at -> services.stream()
                        .filter(FleetView.class::isInstance)
                        .map(FleetView.class::cast)
                        .forEach(view -> view.show(kind, at, rows)));
            }
            return fleet;
        });
    }

    private List<AccountRegion> places() {
        return account.accounts().stream()
                .flatMap(declared ->
                        declared.regions().stream().map(region -> new AccountRegion(declared.id(), region.name())))
                .toList();
    }

    /** What a client on the simulated network gets from a host, empty when there is no such host. */
    public Optional<Addresses.ProbeAnswer> probe(String host, int port, String path) {
        return locked(() -> {
            for (AwsService service : services) {
                if (service instanceof Addresses addresses) {
                    var answer = addresses.probe(host, port, path);
                    if (answer.isPresent()) {
                        return answer;
                    }
                }
            }
            return document(host, port, path);
        });
    }

    /** Of a server that holds something, what it holds nowhere is 404. */
    private Optional<Addresses.ProbeAnswer> document(String host, int port, String path) {
        List<DeclaredDocument> served = account.documents().stream()
                .filter(document -> document.isServedBy(host, port))
                .toList();
        Optional<Addresses.ProbeAnswer> answer = served.stream()
                .filter(document -> document.path().equals(path))
                .findFirst()
                .map(document -> document.silent()
                        ? Addresses.ProbeAnswer.silence()
                        : Addresses.ProbeAnswer.http(document.status(), document.body()));
        return served.isEmpty() ? answer : answer.or(() -> Optional.of(Addresses.ProbeAnswer.http(404, "")));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the services of a new simulator. */
    @FunctionalInterface
    interface ServiceFactory {
        List<AwsService> services(World world, AccountFile file, Behaviours behaviours, Recorder recorder);
    }
}
