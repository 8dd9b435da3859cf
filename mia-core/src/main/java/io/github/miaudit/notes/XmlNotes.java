package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
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
@AutoService(NoteFormat.class)
public final class XmlNotes implements NoteFormat {

    private static final XMLInputFactory FACTORY = hardened();
    /** Of a character a byte. */
    private static final Pattern ENCODING = Pattern.compile("(?:\u00EF\u00BB\u00BF)?<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([^\"'>]+)[\"']");
    private static final String NO_XML = "is no well-formed XML, or refers to a document type or an entity";
    private static final int LONGEST_DECLARATION = 1024;
    private static final Pattern NAME = Pattern.compile("([^-]+)-.*\\.xml(\\.gz|\\.bz2|\\.zst)?", Pattern.CASE_INSENSITIVE);

    @Override
    public Set<String> endings() {
        return Set.of(".xml", ".xml.gz");
    }

    @Override
    public boolean mayBeEmpty() {
        return false;
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        byte[] bytes = bytes(file);
        Matcher name = NAME.matcher(file.path().getFileName().toString());
        if (!name.matches()) {
            rows.bad(1, Optional.empty(), lenient(bytes), "is not named PATIENT-VISIT.xml, so the patient is not known");
            return;
        }
        Optional<String> patient = Optional.of(name.group(1));
        try {
            List<String> texts = texts(FACTORY.createXMLStreamReader(new StringReader(decode(bytes))));
            if (texts.size() == 1) {
                rows.text(1, patient, texts.get(0), Map.of());
            } else {
                rows.bad(1, patient, String.join("\n", texts), texts.isEmpty() ? "has no <TEXT>" : "has more than one <TEXT>");
            }
        } catch (CharacterCodingException | IllegalArgumentException e) {
            rows.bad(1, patient, lenient(bytes), "is not UTF-8, nor in another encoding that it declares");
        } catch (XMLStreamException e) { // its message can quote the input
            rows.bad(e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber()), patient, lenient(bytes), NO_XML);
        } catch (MissingResourceException e) { // the parser finds a fault for which it has no words
            rows.bad(1, patient, lenient(bytes), NO_XML);
        }
    }

    private static byte[] bytes(NoteFile file) throws IOException {
        try (InputStream stream = file.open()) {
            byte[] bytes = stream.readNBytes(NoteFile.LONGEST_NOTE + 1);
            if (bytes.length > NoteFile.LONGEST_NOTE) {
                throw NoteFile.tooLong(file.path(), "holds XML");
            }
            return bytes;
        }
    }

    /** The text, decoded here because the parser prints what it can't decode. */
    private static String decode(byte[] bytes) throws CharacterCodingException {
        Matcher declared = ENCODING.matcher(new String(bytes, 0, Math.min(bytes.length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1));
        Charset charset = declared.lookingAt() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> texts(XMLStreamReader xml) throws XMLStreamException {
        List<String> texts = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("document type", xml.getLocation());
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("TEXT")) {
                texts.add(xml.getElementText());
            }
        }
        return texts;
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
