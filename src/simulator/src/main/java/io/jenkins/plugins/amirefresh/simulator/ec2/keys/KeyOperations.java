package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on key pairs. */
public final class KeyOperations {

    private final Function<Caller, KeyPairs> pairs;
    private final RsaKeys rsa = new RsaKeys();
    private final Filters<KeyPair> filters = Filters.<KeyPair>byTags(
                    pair -> pair.tags().asMap())
            .with("key-name", KeyPair::name)
            .with("key-pair-id", KeyPair::id)
            .with("fingerprint", KeyPair::fingerprint);

    /** For the caller's key pairs. */
    public KeyOperations(Function<Caller, KeyPairs> pairs) {
        this.pairs = pairs;
    }

    /** By AWS's names. */
    public Map<String, Handler> operations() {
        return Map.of(
                "CreateKeyPair", this::create,
                "ImportKeyPair", this::importPair,
                "DescribeKeyPairs", this::describe,
                "DeleteKeyPair", this::delete);
    }

    private ObjectNode create(Input request, Caller caller) {
        String type = request.text("KeyType", "rsa");
        String name = request.required("KeyName");
        KeyPairs mine = pairs.apply(caller);
        mine.refuseTaken(name);
        KeyMaterial material = KeyMaterial.generate(type, rsa);
        KeyPair pair =
                mine.add(name, type, material.fingerprint(), material.publicKey(), Tags.specified(request, "key-pair"));
        return summary(pair).put("KeyMaterial", material.privateKey());
    }

    private ObjectNode importPair(Input request, Caller caller) {
        String text = decode(request.required("PublicKeyMaterial"));
        String[] parts = text.strip().split("\\s+", -1);
        if (parts.length < 2 || !(parts[0].equals("ssh-rsa") || parts[0].equals("ssh-ed25519"))) {
            throw AwsError.client("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
        }
        KeyPair pair = pairs.apply(caller)
                .add(
                        request.required("KeyName"),
                        parts[0].substring("ssh-".length()),
                        KeyMaterial.importedFingerprint(parts[0], parts[1]),
                        text.strip(),
                        Tags.specified(request, "key-pair"));
        return summary(pair);
    }

    private static String decode(String material) {
        try {
            return new String(Base64.getDecoder().decode(material), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw AwsError.client("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
        }
    }

    private static ObjectNode summary(KeyPair pair) {
        ObjectNode view = Nodes.object()
                .put("KeyPairId", pair.id())
                .put("KeyName", pair.name())
                .put("KeyFingerprint", pair.fingerprint());
        if (!pair.tags().asMap().isEmpty()) {
            view.set("Tags", pair.tags().view());
        }
        return view;
    }

    private ObjectNode describe(Input request, Caller caller) {
        KeyPairs all = pairs.apply(caller);
        List<String> names = request.texts("KeyNames");
        List<String> ids = request.texts("KeyPairIds");
        Stream<KeyPair> asked = names.isEmpty() && ids.isEmpty()
                ? all.all().stream()
                : Stream.concat(names.stream().map(all::named), ids.stream().map(id -> withId(all, id)));
        List<KeyPair> found = asked.filter(filters.of(request)).toList();
        return Nodes.of("KeyPairs", Nodes.array(found, pair -> {
            ObjectNode view = summary(pair)
                    .put("KeyType", pair.type())
                    .put("CreateTime", pair.createTime().toString());
            return request.flag("IncludePublicKey") ? view.put("PublicKey", pair.publicKey()) : view;
        }));
    }

    private static KeyPair withId(KeyPairs all, String id) {
        return all.all().stream()
                .filter(pair -> pair.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> AwsError.client("InvalidKeyPair.NotFound", "The key pair '" + id + "' does not exist"));
    }

    /** A key pair that is not there is no error. Source: EC2 API Reference, DeleteKeyPair, Return. */
    private ObjectNode delete(Input request, Caller caller) {
        KeyPairs all = pairs.apply(caller);
        Optional<String> name = request.text("KeyName");
        Optional<String> id = request.text("KeyPairId");
        if (name.isEmpty() && id.isEmpty()) {
            throw Errors.missing("KeyName");
        }
        Optional<KeyPair> pair = name.flatMap(all::find)
                .or(() -> id.flatMap(given -> all.all().stream()
                        .filter(candidate -> candidate.id().equals(given))
                        .findFirst()));
        pair.ifPresent(all::remove);
        ObjectNode answer = Nodes.returnTrue();
        pair.ifPresent(found -> answer.put("KeyPairId", found.id()));
        return answer;
    }
}
