package io.jenkins.plugins.amirefresh.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.amirefresh.journal.Json;

/** {@code report.json}; its schema is the resource {@code report.schema.json} beside this class. */
public final class ReportJson {

    private ReportJson() {}

    /** Indented JSON with a newline at its end; the same report gives the same bytes. */
    public static String of(RunReport report) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "writing the report of " + report.run().id(), e);
        }
    }
}
