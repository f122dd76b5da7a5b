package io.jenkins.plugins.amirefresh.simulator.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One shape of a service model. Shapes refer to each other in circles, so the references are set after construction. */
final class Shape {

    /** The model's types. */
    enum Kind {
        STRUCTURE,
        LIST,
        MAP,
        STRING,
        INTEGER,
        LONG,
        BOOLEAN,
        DOUBLE,
        FLOAT,
        TIMESTAMP,
        BLOB
    }

    private final String name;
    private final Kind kind;
    private final Constraints constraints;
    private final boolean flattened;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private List<Member> memberList = List.of();
    private @Nullable Member element;
    private @Nullable Member key;

    Shape(String name, Kind kind, Constraints constraints, boolean flattened) {
        this.name = name;
        this.kind = kind;
        this.constraints = constraints;
        this.flattened = flattened;
    }

    void structure(List<Member> structureMembers) {
        structureMembers.forEach(member -> members.put(member.name(), member));
        memberList = List.copyOf(structureMembers);
    }

    void list(Member listElement) {
        element = listElement;
    }

    void map(Member mapKey, Member mapValue) {
        key = mapKey;
        element = mapValue;
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    Constraints constraints() {
        return constraints;
    }

    boolean flattened() {
        return flattened;
    }

    /** A structure's members in the model's order, which is the order on the wire. */
    List<Member> members() {
        return memberList;
    }

    @Nullable
    Member member(String memberName) {
        return members.get(memberName);
    }

    /** A list's element or a map's value. */
    Member element() {
        return Objects.requireNonNull(element, name);
    }

    /** A map's key. */
    Member key() {
        return Objects.requireNonNull(key, name);
    }

    /**
     * A use of a shape.
     *
     * @param name the member's name in the model
     * @param locationName the model's name on the wire, null when it is the member's name
     * @param queryName the ec2 protocol's name in requests, null when it follows from {@code locationName}
     * @param required whether its structure must have it
     */
    record Member(
            String name,
            Shape shape,
            @Nullable String locationName,
            @Nullable String queryName,
            boolean required,
            boolean memberFlattened) {

        /** Its name in answers, and in requests of the query protocol. */
        String wireName() {
            return locationName == null ? name : locationName;
        }

        /** Its name in requests of the ec2 protocol: the first letter is always a capital. */
        String ec2RequestName() {
            if (queryName != null) {
                return queryName;
            }
            String wire = wireName();
            return Character.toUpperCase(wire.charAt(0)) + wire.substring(1);
        }

        /** Whether the list or map repeats without a wrapping element. */
        boolean flattened() {
            return memberFlattened || shape.flattened();
        }
    }

    /**
     * What values are allowed.
     *
     * @param values of an enum, in the model's order; empty: any
     * @param min of a number, a text's length or a list's size
     */
    record Constraints(Set<String> values, @Nullable Double min, @Nullable Double max, @Nullable Pattern pattern) {}
}
