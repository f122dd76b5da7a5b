package io.jenkins.plugins.amirefresh.test.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a run of 1,500 groups and 100,000 events: what it takes to write it, as a ratio to reading the same record
 * as bare JSON, and to open it and find one group, as a ratio to opening a bare table of as many rows in the same browser.
 */
@Tag("benchmark")
class ReportPageBenchmarkTest {

    private static final int TIMES = 5;

    /** Something that may take a while. */
    private interface Work {
        void run() throws IOException;
    }

    @TempDir
    private Path folder;

    @Test
    void whenTheRunIsLarge_thenItsPageIsMeasuredAgainstABareOne() throws IOException {
        Path journal = folder.resolve("journal.jsonl");
        SampleRun.large(journal).write();
        Path report = folder.resolve("report.html");
        Path table = Files.writeString(folder.resolve("table.html"), table());
        ObjectMapper json = new ObjectMapper();
        Duration parsed = fastest(() -> {
            for (String line : Files.readAllLines(journal)) {
                json.readTree(line);
            }
        });
        Duration made = fastest(() -> Files.writeString(report, SampleRun.page(journal)));

        try (Chromium chromium = new Chromium()) {
            Page page = chromium.browser().newPage();
            Duration bare = fastest(() -> {
                page.navigate(table.toUri().toString());
                assertThat(page.locator("tbody tr")).hasCount(1500);
            });
            Duration usable = fastest(() -> {
                page.navigate(report.toUri().toString());
                page.waitForSelector(".amr[data-ready]");
                page.locator(".amr-bar input").fill("0042");
                assertThat(page.locator(".amr-status")).hasText("1 of 1500 groups");
            });
            System.out.printf(
                    "page of %d bytes: made in %s, %.1f times the bare reading (%s); usable in %s, %.1f times the bare table (%s)%n",
                    Files.size(report), made, ratio(made, parsed), parsed, usable, ratio(usable, bare), bare);
        }
    }

    private static double ratio(Duration ours, Duration bare) {
        return (double) ours.toNanos() / bare.toNanos();
    }

    private static String table() {
        StringBuilder rows = new StringBuilder("<!doctype html><table><tbody>");
        for (int i = 0; i < 1500; i++) {
            rows.append(String.format(
                    "<tr><td>team-%02d-web-%04d<td>refreshed<td>dev<td>2 of 2<td>2026-11-22</tr>", i % 40, i));
        }
        return rows.append("</table>").toString();
    }

    private static Duration fastest(Work work) throws IOException {
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            work.run();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }
        return fastest;
    }
}
