package io.jenkins.plugins.amirefresh.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of AWS's own console; whoever follows one sees what the account that they are signed in to has. */
final class AwsConsole {

    private AwsConsole() {}

    /** The group's own page. */
    static String group(String region, String name) {
        return ec2(region) + "AutoScalingGroupDetails:id=" + encoded(name) + ";view=details";
    }

    /** An image. */
    static String image(String region, String ami) {
        return ec2(region) + "ImageDetails:imageId=" + encoded(ami);
    }

    /** A launch template. */
    static String template(String region, String launchTemplateId) {
        return ec2(region) + "LaunchTemplateDetails:launchTemplateId=" + encoded(launchTemplateId);
    }

    private static String ec2(String region) {
        String host = region.startsWith("cn-")
                ? "console.amazonaws.cn"
                : region.startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
        return "https://" + encoded(region) + "." + host + "/ec2/home?region=" + encoded(region) + "#";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
