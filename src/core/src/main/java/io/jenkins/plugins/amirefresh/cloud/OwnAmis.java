package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.OwnAmi;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** AMIs of the caller's own, and how they go out of use and come back. Repeating any of it is safe. */
public interface OwnAmis {

    /** Those that have a tag of this name, deprecated and disabled ones too. Permission: {@code ec2:DescribeImages}. */
    List<OwnAmi> withTag(String name);

    /**
     * Who else may launch it: account ids, {@code all}, ARNs of organisations. Permission:
     * {@code ec2:DescribeImageAttribute}.
     */
    Set<String> sharedWith(AmiId ami);

    /** Hides it from others from then on, to the minute. Permission: {@code ec2:EnableImageDeprecation}. */
    void deprecate(AmiId ami, Instant at);

    /** Takes a deprecation back. Permission: {@code ec2:DisableImageDeprecation}. */
    void cancelDeprecation(AmiId ami);

    /** Lets nobody launch it, and takes its launch permissions away. Permission: {@code ec2:DisableImage}. */
    void disable(AmiId ami);

    /** Takes a disabled one back into use, without the launch permissions it had. Permission: {@code ec2:EnableImage}. */
    void enable(AmiId ami);

    /**
     * Takes it away for ever; its snapshots stay. Permission: {@code ec2:DeregisterImage}.
     *
     * @throws CloudException.NotFound when it is gone already
     */
    void deregister(AmiId ami);
}
