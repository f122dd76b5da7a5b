package io.jenkins.plugins.amirefresh.journal;

import java.time.Duration;

/**
 * One check of a smoke test on one subject.
 *
 * @param name for example {@code http /health}
 * @param subject an instance id or a load balancer's name
 * @param message what was expected and what came back, one line
 * @param attempts 1 or more
 */
public record CheckResult(
        String name, String subject, SmokeTestVerdict verdict, String message, int attempts, Duration took) {}
