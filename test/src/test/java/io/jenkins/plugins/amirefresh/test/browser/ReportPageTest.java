package io.jenkins.plugins.amirefresh.test.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.report.PageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report page in Debian's Chromium. */
@Tag("real-clients")
class ReportPageTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static Chromium chromium;

    @TempDir
    private Path folder;

    private final List<String> wrong = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @AfterEach
    void nothingIsWrong() {
        assertThat(wrong).as("errors of the page").isEmpty();
        assertThat(requests).as("requests to elsewhere").isEmpty();
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                wrong.add(message.text());
            }
        });
        page.onPageError(wrong::add);
        page.onRequest(request -> {
            if (!request.url().startsWith("file:") && !request.url().startsWith("http://127.0.0.1:")) {
                requests.add(request.url());
            }
        });
        return page;
    }

    private Page shown(Path journal, Browser.NewContextOptions options) throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), SampleRun.page(journal));
        Page page = page(options);
        page.navigate(file.toUri().toString());
        page.waitForSelector(".amr[data-ready]");
        return page;
    }

    private static Browser.NewContextOptions wide() {
        return new Browser.NewContextOptions().setViewportSize(1280, 900);
    }

    private Path small() {
        Path journal = folder.resolve("journal.jsonl");
        new SampleRun(journal)
                .group("web-dev", 0, GroupOutcome.REFRESHED, 30)
                .group("web-qa", 1, GroupOutcome.REFRESHED, 30)
                .group("web-stage", 2, GroupOutcome.ROLLED_BACK, 42)
                .group("<img src=x onerror=alert(1)>", 3, GroupOutcome.FAILED, 30)
                .listed("web-prod", 3)
                .write();
        return journal;
    }

    @SuppressWarnings("unchecked")
    private static List<String> violations(Page page) throws IOException {
        try (InputStream axe = ReportPageTest.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(java.util.Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) page.evaluate("axe.run(document).then(found => found.violations.map(one => one.id + ': '"
                + " + one.help + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))");
    }

    private static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 390"})
    void whenAnybodyLooks_thenItIsReadableForAll(ColorScheme scheme, int width) throws IOException {
        // given
        Page page = shown(small(), wide().setViewportSize(width, 900).setColorScheme(scheme));

        // when
        page.locator(".amr-more").nth(2).click();
        keep(page, "small-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width);

        // then
        assertThat(violations(page)).isEmpty();
        assertThat(page.locator(".amr-story")).containsText("SetDesiredCapacity");
        assertThat(
                        (List<?>)
                                page.evaluate(
                                        """
                        Array.from(document.querySelectorAll('.amr *'))
                            .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest('.scroll, .amr-scroll'))
                            .map(one => one.outerHTML.slice(0, 80))
                        """))
                .as("cut off at the right")
                .isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("the page does not scroll sideways")
                .isTrue();
    }

    @Test
    void whenEverythingFailed_thenEachIsNamedFirst() throws IOException {
        // given
        Path journal = folder.resolve("journal.jsonl");
        SampleRun run = new SampleRun(journal);
        for (int i = 0; i < 40; i++) {
            run.group("web-" + i, i, i % 2 == 0 ? GroupOutcome.FAILED : GroupOutcome.ROLLED_BACK, 12);
        }
        run.write();

        // when
        Page page = shown(journal, wide());

        // then
        assertThat(page.locator(".badge")).hasText("FAILURE");
        assertThat(page.locator(".trouble li")).hasCount(40);
        assertThat(violations(page)).isEmpty();
        keep(page, "all-failed");
    }

    @Test
    void whenNamesAreHostile_thenTheyAreText() throws IOException {
        // given
        Page page = shown(small(), wide());

        // when
        for (int row = 0; row < 4; row++) {
            page.locator(".amr-more").nth(row).click();
        }

        // then
        assertThat(page.locator("img, .amr b b, .amr td b")).hasCount(0);
        assertThat(page.locator(".trouble")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator(".amr-story").last()).containsText("<b>oops</b>");
    }

    @Test
    void whenOnlyTheKeyboardIsThere_thenItSortsFiltersGroupsAndOpens() throws IOException {
        // given
        Page page = shown(small(), wide());

        // when
        page.locator(".amr-groups .amr-sort").first().focus();
        page.keyboard().press("Enter");
        String ascending = page.locator(".amr-groups tbody th a").last().textContent();
        page.keyboard().press("Enter");
        String descending = page.locator(".amr-groups tbody th a").first().textContent();
        page.locator(".amr-bar input").focus();
        page.keyboard().type("WEB stage");

        // then
        assertThat(ascending).isEqualTo("web-stage");
        assertThat(descending).isEqualTo("web-stage");
        assertThat(page.locator(".amr-status")).hasText("1 of 4 groups");
        page.locator(".amr-more").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".amr-more").first()).hasAttribute("aria-expanded", "true");
        assertThat(page.locator(".amr-story .u-legend").first()).containsText("serving");
        assertThat(page.locator(".amr-story")).containsText("00000002-0000-4000-8000-000000000002");
        page.locator(".amr-bar input").fill("");
        page.locator(".amr-bar select").last().selectOption("wave");
        assertThat(page.locator(".amr-section")).hasCount(4);
        page.locator(".amr-scroll").focus();
        page.keyboard().press("+");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("0");
    }

    @Test
    void whenScriptsAreForbidden_thenItStillSaysAll() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("report.html"), SampleRun.page(small()));
        Page page = page(wide().setJavaScriptEnabled(false));

        // when
        page.navigate(file.toUri().toString());

        // then
        assertThat(page.locator(".amr-groups tbody tr")).hasCount(4);
        assertThat(page.locator(".amr-open tbody tr")).hasCount(1);
        assertThat(page.locator(".amr-groups")).containsText("smoke test failed: answered 500");
    }

    @Test
    void whenTheRecordIsCut_thenThePageIsMadeAndSaysWhatIsMissing() throws IOException {
        // given
        Path journal = small();
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(20, lines.get(20).substring(0, 40));
        Files.write(journal, lines);

        // when
        Page page = shown(journal, wide());

        // then
        assertThat(page.locator(".gaps")).containsText("line 21: it cannot be read");
        assertThat(page.locator(".amr-groups tbody tr")).hasCount(4);
        assertThat(violations(page)).isEmpty();
    }

    @Test
    void whenTheRunIsLarge_thenItIsWholeAndOfAFairSize() throws IOException {
        // given
        SampleRun run = SampleRun.large(folder.resolve("journal.jsonl"));
        assertThat(run.size()).isGreaterThan(100_000);
        run.write();

        // when
        Page page = shown(folder.resolve("journal.jsonl"), wide());
        page.locator(".amr-bar input").fill("0042");

        // then
        assertThat(page.locator(".amr-status")).hasText("1 of 1500 groups");
        assertThat(Files.size(folder.resolve("report.html"))).isLessThan(5_000_000);
    }

    @Test
    void whenTheRunGoesOn_thenThePageFollowsAndKeepsWhatSomebodySetOnIt() throws IOException {
        // given
        Path journal = folder.resolve("journal.jsonl");
        new SampleRun(journal)
                .group("web-dev", 0, GroupOutcome.REFRESHED, 30)
                .listed("web-prod", 3)
                .write();
        AtomicBoolean hasEnded = new AtomicBoolean();
        HttpServer server = serve(journal, hasEnded);
        Page page = page(wide());
        page.clock().install();

        // when
        page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        page.waitForSelector(".amr[data-ready]");
        page.locator(".amr-bar input").fill("web-dev");
        assertThat(page.locator(".amr-open")).containsText("web-prod");
        Path later = folder.resolve("later.jsonl");
        new SampleRun(later)
                .group("web-dev", 0, GroupOutcome.REFRESHED, 30)
                .group("web-prod", 3, GroupOutcome.REFRESHED, 30)
                .write();
        Files.copy(later, journal, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        hasEnded.set(true);
        page.clock().fastForward(16_000);

        // then
        assertThat(page.locator(".badge")).hasText("SUCCESS");
        assertThat(page.locator(".amr-open")).hasCount(0);
        assertThat(page.locator(".amr-status")).hasText("1 of 2 groups");
        assertThat(page.locator(".amr-bar input")).hasValue("web-dev");
        server.stop(0);
    }

    /** As Jenkins has it: the part in a page of its own, style and script beside it. */
    private static HttpServer serve(Path journal, AtomicBoolean hasEnded) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/report.js", "text/javascript", PageFiles::script);
        answer(server, "/report.css", "text/css", PageFiles::style);
        answer(server, "/part", "text/html", () -> SampleRun.part(journal, !hasEnded.get()));
        answer(
                server,
                "/",
                "text/html",
                () -> "<!DOCTYPE html><html lang=\"en\"><head><title>t</title><link rel=\"icon\" href=\"data:,\">"
                        + "<link rel=\"stylesheet\" href=\"report.css\"></head><body><main>"
                        + SampleRun.part(journal, !hasEnded.get())
                        + "</main><script src=\"report.js\"></script></body></html>");
        server.start();
        return server;
    }

    private static void answer(HttpServer server, String path, String type, Supplier<String> text) {
        server.createContext(path, exchange -> {
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
