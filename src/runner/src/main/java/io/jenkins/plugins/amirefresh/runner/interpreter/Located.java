package io.jenkins.plugins.amirefresh.runner.interpreter;

/** A suspension that only asks where it happened, to fail there with a message that says so. */
interface Located {
    /** The failure, given the place such as "Jenkinsfile:12". */
    Throwable failure(String place);
}
