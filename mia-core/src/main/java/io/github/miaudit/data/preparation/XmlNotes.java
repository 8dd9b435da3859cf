package io.github.miaudit.data.preparation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A note of n2c2 or i2b2 2014: {@code PATIENT-VISIT.xml}, the text in its {@code <TEXT>}. Knows no document type and no
 * entities but XML's own, so a file can make it read nothing else.
 */
final class XmlNotes implements NoteFormat {

    private static final XMLInputFactory FACTORY = hardened();
    private static final Pattern NAME = Pattern.compile("([^-]+)-.*\\.xml(\\.gz)?", Pattern.CASE_INSENSITIVE);

    @Override
    public Set<String> endings() {
        return Set.of(".xml", ".xml.gz");
    }

    @Override
    public void read(Path file, Columns columns, RowSink rows) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            rows.bad(1, "is not named PATIENT-VISIT.xml, so the patient is not known");
            return;
        }
        try (InputStream bytes = NoteFiles.open(file)) {
            Optional<String> text = text(FACTORY.createXMLStreamReader(bytes));
            if (text.isPresent()) {
                rows.text(1, Optional.of(name.group(1)), text.get());
            } else {
                rows.bad(1, "has no <TEXT>");
            }
        } catch (XMLStreamException e) { // its message can quote the input
            rows.bad(e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber()), "is no well-formed XML, or refers to a document type or an entity");
        }
    }

    private static Optional<String> text(XMLStreamReader xml) throws XMLStreamException {
        Optional<String> text = Optional.empty();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("document type", xml.getLocation());
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("TEXT") && text.isEmpty()) {
                text = Optional.of(xml.getElementText());
            }
        }
        return text;
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
