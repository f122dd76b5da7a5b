package io.jenkins.plugins.amirefresh.events;

/** What was changed that instances are launched from, or that says whether they are recycled. */
public enum ChangeKind {
    /** What groups launch from. */
    GROUP,
    /** The tags of groups that say whether and how they are recycled. */
    TAGS,
    /** A launch template got a version. */
    TEMPLATE_VERSION,
    /** A launch template's default moved. */
    TEMPLATE_DEFAULT,
    /** A parameter of Systems Manager. */
    PARAMETER
}
