package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

/** A resource that carries tags. */
public interface Tagged {

    /** Its id, for example {@code vol-0...}. */
    String id();

    /** As TagSpecifications and DescribeTags name its kind, for example {@code volume}. */
    String resourceType();

    /** Its tags; changes go through the collection that owns the resource when it keeps an index. */
    Tags tags();
}
