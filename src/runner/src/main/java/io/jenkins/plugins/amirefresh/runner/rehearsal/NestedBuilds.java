package io.jenkins.plugins.amirefresh.runner.rehearsal;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.interpreter.ProgramDriver;
import io.jenkins.plugins.amirefresh.runner.interpreter.RealWorld;
import io.jenkins.plugins.amirefresh.runner.interpreter.ScriptCompilationException;
import io.jenkins.plugins.amirefresh.runner.steps.build.ChildBuild;
import io.jenkins.plugins.amirefresh.runner.steps.build.ChildBuilds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the declared Jenkinsfiles of other jobs inside the rehearsal that starts them. */
final class NestedBuilds implements ChildBuilds {
    private final RehearsalOptions options;
    private final Function<RehearsalOptions, Rehearsal> rehearsals;
    private final Map<String, Nested> builds = new HashMap<>();

    /** {@code rehearsals} makes the rehearsal of a job. */
    NestedBuilds(RehearsalOptions options, Function<RehearsalOptions, Rehearsal> rehearsals) {
        this.options = options;
        this.rehearsals = rehearsals;
    }

    @Override
    public ChildBuild start(String key, String job, Map<String, String> parameters) throws IOException {
        Path jenkinsfile = options.jobs().get(job);
        if (jenkinsfile == null) {
            throw new AbortException(
                    "build: there is no job '" + job + "'; declare its Jenkinsfile with --job " + job + "=FILE");
        }
        Rehearsal rehearsal = rehearsals.apply(
                options.forJob(job, jenkinsfile, options.directory().resolve(key), parameters));
        try {
            Nested nested = new Nested(job, rehearsal, rehearsal.begin());
            builds.put(key, nested);
            return nested;
        } catch (ScriptCompilationException e) {
            throw new AbortException("build: " + e.problems().get(0), e);
        }
    }

    @Override
    public ChildBuild get(String key) {
        Nested nested = builds.get(key);
        if (nested == null) {
            throw new IllegalStateException("no build was started as " + key);
        }
        return nested;
    }

    private static final class Nested implements ChildBuild {
        private final String job;
        private final Rehearsal rehearsal;
        private final Optional<ProgramDriver> driver;
        private @Nullable BuildResult result;

        Nested(String job, Rehearsal rehearsal, Optional<ProgramDriver> driver) {
            this.job = job;
            this.rehearsal = rehearsal;
            this.driver = driver;
        }

        @Override
        public String name() {
            return job + " " + rehearsal.build().displayName();
        }

        @Override
        public Optional<BuildResult> run() throws IOException {
            if (result == null) {
                if (driver.isEmpty()) {
                    result = rehearsal.build().currentResult();
                } else {
                    result = driver.get().runDue().map(rehearsal::conclude).orElse(null);
                }
            }
            return Optional.ofNullable(result);
        }

        @Override
        public Optional<Instant> nextMoment() {
            Instant now = rehearsal.build().time().now();
            if (driver.isEmpty() || driver.get().hasWork()) {
                return Optional.of(now);
            }
            return driver.get().nextMoment();
        }

        @Override
        public RealWorld realWorld() {
            return driver.map(ProgramDriver::realWorld).orElse(RealWorld.NOTHING);
        }

        @Override
        public void lookAtRealWorld() {
            driver.ifPresent(ProgramDriver::lookAtRealWorld);
        }

        @Override
        public void interrupt(Throwable cause) {
            driver.ifPresent(d -> d.interrupt(cause));
        }

        @Override
        public Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("number", rehearsal.build().settings().number());
            facts.put("result", rehearsal.build().currentResult().name());
            facts.put("currentResult", rehearsal.build().currentResult().name());
            facts.put("displayName", rehearsal.build().displayName());
            facts.put("fullProjectName", job);
            facts.put("projectName", job.substring(job.lastIndexOf('/') + 1));
            facts.put("fullDisplayName", name());
            facts.put("description", rehearsal.build().description());
            facts.put("buildVariables", new LinkedHashMap<>(rehearsal.build().environment()));
            facts.put("duration", rehearsal.build().duration().toMillis());
            return facts;
        }
    }
}
