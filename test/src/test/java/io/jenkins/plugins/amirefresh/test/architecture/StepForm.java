package io.jenkins.plugins.amirefresh.test.architecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The form of a step: its {@code config.jelly} with the pages it includes. */
final class StepForm {

    private final PluginSources sources;
    private final Map<String, String> controls = new TreeMap<>();

    private StepForm(PluginSources sources) {
        this.sources = sources;
    }

    /** The control of each field, such as {@code select}. */
    static Map<String, String> controls(PluginSources sources, StepClass step) {
        StepForm form = new StepForm(sources);
        form.read(StepClass.FOLDER + step.name() + "/config.jelly");
        return form.controls;
    }

    private void read(String path) {
        String text = sources.text(path).orElse("");
        if (!text.isEmpty()) {
            read(parse(path, text));
        }
    }

    private void read(Element page) {
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getNodeName().equals("st:include")) {
                read(element.getAttribute("class").replace('.', '/') + "/" + element.getAttribute("page"));
            } else if (element.getNodeName().equals("f:entry")) {
                Element control = (Element) element.getElementsByTagName("*").item(0);
                String name = control.getNodeName();
                controls.put(element.getAttribute("field"), name.substring(name.indexOf(':') + 1));
            }
        }
    }

    private static Element parse(String path, String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("reading " + path, e);
        }
    }
}
