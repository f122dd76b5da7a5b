package io.jenkins.plugins.amirefresh.simulator.wire;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Compares our merged model with the fields of the AWS SDK's classes. The SDK has no registry, so they go by name. */
final class SdkModels {

    private static final Map<MarshallingType<?>, Set<Shape.Kind>> KINDS = Map.of(
            MarshallingType.STRING, Set.of(Shape.Kind.STRING),
            MarshallingType.INTEGER, Set.of(Shape.Kind.INTEGER),
            MarshallingType.LONG, Set.of(Shape.Kind.LONG),
            MarshallingType.BOOLEAN, Set.of(Shape.Kind.BOOLEAN),
            MarshallingType.DOUBLE, Set.of(Shape.Kind.DOUBLE),
            MarshallingType.FLOAT, Set.of(Shape.Kind.FLOAT),
            MarshallingType.INSTANT, Set.of(Shape.Kind.TIMESTAMP),
            MarshallingType.SDK_BYTES, Set.of(Shape.Kind.BLOB),
            MarshallingType.LIST, Set.of(Shape.Kind.LIST),
            MarshallingType.MAP, Set.of(Shape.Kind.MAP));

    private final ServiceModel model;
    private final String sdkPackage;
    private final List<String> differences = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    SdkModels(ServiceModel model, String sdkPackage) {
        this.model = model;
        this.sdkPackage = "software.amazon.awssdk.services." + sdkPackage + ".model.";
    }

    /** What the SDK has and our model has not, or otherwise; empty when they agree. */
    List<String> differences(Set<String> operations) {
        for (String name : operations) {
            var operation = model.operation(name).orElseThrow();
            compare(operation.input(), fields(name + "Request"), name, true);
            compare(operation.output(), fields(name + "Response"), name, false);
        }
        return differences;
    }

    private List<SdkField<?>> fields(String sdkClass) {
        try {
            Object builder = Class.forName(
                            sdkPackage + sdkClass.replace("SSL", "Ssl").replace("SAML", "Saml"))
                    .getMethod("builder")
                    .invoke(null);
            return ((SdkPojo) Objects.requireNonNull(builder)).sdkFields();
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException unlike) {
            differences.add("the SDK has no " + sdkClass);
            return List.of();
        }
    }

    private void compare(@Nullable Shape shape, List<SdkField<?>> fields, String path, boolean request) {
        if (shape == null) {
            if (!fields.isEmpty()) {
                differences.add(path + " has no " + (request ? "input" : "output"));
            }
            return;
        }
        if (!seen.add(shape.name() + request)) {
            return;
        }
        for (SdkField<?> field : fields) {
            Shape.Member member = find(shape, field);
            String at = path + "." + field.memberName();
            if (member == null) {
                differences.add(at + " is missing in " + shape.name());
            } else {
                names(field, member, at, request);
                types(field, member, at, request);
            }
        }
    }

    /** The SDK renames a few members, for example Image's Public; what is on the wire decides. */
    private static Shape.@Nullable Member find(Shape shape, SdkField<?> field) {
        Shape.Member byName = shape.member(field.memberName());
        return byName != null
                ? byName
                : shape.members().stream()
                        .filter(member -> member.wireName().equals(field.unmarshallLocationName()))
                        .findFirst()
                        .orElse(null);
    }

    private void names(SdkField<?> field, Shape.Member member, String at, boolean request) {
        String ours = model.protocol() == Protocol.EC2 && request ? member.ec2RequestName() : member.wireName();
        String theirs = request ? field.locationName() : field.unmarshallLocationName();
        if (!ours.equals(theirs)) {
            differences.add(at + " is " + ours + " on the wire, the SDK says " + theirs);
        }
    }

    private void types(SdkField<?> field, Shape.Member member, String at, boolean request) {
        MarshallingType<?> type = field.marshallingType();
        Shape shape = member.shape();
        if (type == MarshallingType.DOCUMENT && shape.kind() == Shape.Kind.STRUCTURE) {
            // A structure whose members nobody declares.
            return;
        }
        if (type == MarshallingType.SDK_POJO) {
            if (shape.kind() == Shape.Kind.STRUCTURE) {
                compare(shape, field.constructor().get().sdkFields(), at, request);
            } else {
                differences.add(at + " is " + shape.kind() + ", the SDK says structure");
            }
        } else if (!KINDS.getOrDefault(type, Set.of()).contains(shape.kind())) {
            differences.add(at + " is " + shape.kind() + ", the SDK says " + type);
        } else if (shape.kind() == Shape.Kind.LIST) {
            types(field.getTrait(ListTrait.class).memberFieldInfo(), shape.element(), at, request);
        } else if (shape.kind() == Shape.Kind.MAP) {
            types(field.getTrait(MapTrait.class).valueFieldInfo(), shape.element(), at, request);
        }
    }
}
