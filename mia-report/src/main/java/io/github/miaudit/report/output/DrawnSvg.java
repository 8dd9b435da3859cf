package io.github.miaudit.report.output;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What the library drew, made part of a page: of its elements and attributes only those that draw, so that nothing runs or loads; without
 * its random ids, so that equal charts are equal bytes; its colours are variables of the page, its letters the page's.
 *
 * @param text a whole document
 */
record DrawnSvg(String text) {

    private static final Set<String> ELEMENTS = Set.of("g", "path", "rect", "line", "circle", "text", "tspan");
    private static final Set<String> ATTRIBUTES = Set.of("class", "cx", "cy", "d", "dx", "dy", "fill", "fill-opacity", "fill-rule",
            "height",
            "r", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "stroke-width", "text-anchor", "transform", "width",
            "x", "x1", "x2", "y", "y1", "y2");
    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:[eE]-?\\d+)?");

    /** The drawing as an element with a name for who can't see it. */
    String asElement(String alternative) {
        Element root = parsed();
        String width = root.getAttribute("width");
        String height = root.getAttribute("height");
        clean(root);
        List.copyOf(names(root)).forEach(root::removeAttribute);
        root.setAttribute("viewBox", "0 0 " + shorter(width) + " " + shorter(height));
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", alternative);
        return written(root).replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
    }

    private Element parsed() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("the chart that was drawn is no XML", e);
        }
    }

    private static void clean(Element element) {
        NodeList children = element.getChildNodes();
        for (int index = children.getLength() - 1; index >= 0; index--) {
            Node child = children.item(index);
            if (child instanceof Element inner && ELEMENTS.contains(inner.getTagName())) {
                cleanAttributes(inner);
                clean(inner);
                if (inner.getTextContent().isEmpty() && Set.of("g", "text").contains(inner.getTagName())
                        && inner.getElementsByTagName("*").getLength() == 0) {
                    element.removeChild(inner);
                }
            } else if (child.getNodeType() == Node.TEXT_NODE && Set.of("text", "tspan").contains(element.getTagName())) {
                child.setNodeValue(child.getNodeValue().strip());
            } else {
                element.removeChild(child);
            }
        }
    }

    private static void cleanAttributes(Element element) {
        for (String name : names(element)) {
            String value = element.getAttribute(name);
            if (!ATTRIBUTES.contains(name) || value.isBlank()) {
                element.removeAttribute(name);
            } else if (name.equals("fill") || name.equals("stroke")) {
                element.setAttribute(name, Ink.styled(value));
            } else if (!name.equals("class")) {
                element.setAttribute(name, LONG_NUMBER.matcher(value).replaceAll(number -> shorter(number.group())).strip());
            }
        }
    }

    private static List<String> names(Element element) {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < element.getAttributes().getLength(); index++) {
            names.add(element.getAttributes().item(index).getNodeName());
        }
        return names;
    }

    private static String shorter(String number) {
        return new BigDecimal(number).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    private static String written(Element root) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter written = new StringWriter();
            transformer.transform(new DOMSource(root), new StreamResult(written));
            return written.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("a chart can't be written", e); // memory doesn't fail so
        }
    }
}
