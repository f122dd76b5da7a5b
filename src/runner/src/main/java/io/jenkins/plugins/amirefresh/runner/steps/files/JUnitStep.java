package io.jenkins.plugins.amirefresh.runner.steps.files;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.files.Globs;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** {@code junit}: counts test results; a failed test makes stage and build unstable. */
final class JUnitStep {
    private JUnitStep() {}

    static StepType type() {
        return StepType.immediate(
                StepSignature.of("junit")
                        .requires("testResults")
                        .accepts("allowEmptyResults", "keepLongStdio", "healthScaleFactor", "skipPublishingChecks")
                        .accepts("skipMarkingBuildUnstable", "skipOldReports", "checksName", "keepTestNames")
                        .accepts("keepProperties", "stdioRetention", "testDataPublishers"),
                JUnitStep::record);
    }

    private static Map<String, Integer> record(StepContext context, StepArguments arguments) throws IOException {
        Path directory = context.workplace().path();
        context.print("Recording test results");
        List<Path> files = Globs.find(directory, arguments.text("testResults"), "");
        if (files.isEmpty()) {
            if (!arguments.flag("allowEmptyResults", false)) {
                throw new AbortException("No test report files were found. Configuration error?");
            }
            context.print("None of the test reports contained any result");
        }
        int total = 0;
        int failed = 0;
        int skipped = 0;
        for (Path file : files) {
            NodeList cases = parse(file).getElementsByTagName("testcase");
            total += cases.getLength();
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                boolean hasFailed = has(test, "failure") || has(test, "error");
                failed += hasFailed ? 1 : 0;
                skipped += !hasFailed && has(test, "skipped") ? 1 : 0;
            }
        }
        if (failed > 0 && !arguments.flag("skipMarkingBuildUnstable", false)) {
            context.block().stages().forEach(stage -> stage.warn(BuildResult.UNSTABLE));
            context.build().worsen(BuildResult.UNSTABLE);
        }
        Map<String, Integer> summary = new LinkedHashMap<>();
        summary.put("totalCount", total);
        summary.put("failCount", failed);
        summary.put("skipCount", skipped);
        summary.put("passCount", total - failed - skipped);
        return summary;
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    private static Document parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            try (java.io.InputStream in = Files.newInputStream(file)) {
                return builder.parse(in);
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new AbortException("junit: cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
