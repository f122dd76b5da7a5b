package io.jenkins.plugins.amirefresh.ami;

/** The tags on our AMIs and launch templates. AWS shows the tags of a shared AMI to its owner alone. */
public final class AmiTags {

    /** The image family, on AMIs and on the launch templates that take them. */
    public static final String FAMILY = "ami-refresh:family";

    /** What the image was built from, as a hash; equal keys mean equal images. */
    public static final String BUILD_KEY = "ami-refresh:build-key";

    /** Why the image is never used again. */
    public static final String BAD = "ami-refresh:bad";

    /** The AMI it was built from. */
    public static final String SOURCE_AMI = "ami-refresh:source-ami";

    /** The run that built it. */
    public static final String RUN = "ami-refresh:run";

    /** The job that built it. */
    public static final String JOB = "ami-refresh:job";

    /** The build's page. */
    public static final String BUILD_URL = "ami-refresh:build-url";

    /** The commit the template came from. */
    public static final String COMMIT = "ami-refresh:commit";

    /** On the instance of a boot test: until when it may be needed. */
    public static final String BOOT_TEST_UNTIL = "ami-refresh:boot-test-until";

    /** AWS takes no more characters in a tag's value. Source: EC2 User Guide, "Tag restrictions". */
    public static final int LONGEST_VALUE = 256;

    private AmiTags() {}
}
