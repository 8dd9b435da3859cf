package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * Notes of n2c2 and i2b2: each {@code <TEXT>} or {@code <text>} is one, all its characters in order, within inline tags too. Whose
 * it is, says the attribute {@code ID} or {@code id} of the nearest element around it that has one, as in i2b2 2006
 * ({@code <RECORD ID="7">}) and 2008 ({@code <doc id="7">}); where there is none, the file holds one note and is called
 * {@code PATIENT-VISIT.xml}, as in 2014, where {@code <TAGS>} behind it say which stretches are identifiers. A note's row is the
 * line where its text starts, and 1 if it is the file's only one and without an id. Knows no document type and no entities but
 * XML's own, so a file can make it read nothing else. In memory is a note at a time, and the file as long as it is no longer than the
 * longest note may be.
 */
@AutoService(NoteFormat.class)
public final class XmlNotes implements NoteFormat {

    private static final XMLInputFactory FACTORY = hardened();
    private static final String NO_XML = "is no well-formed XML, or refers to an entity that XML itself does not have";
    private static final String DOCUMENT_TYPE = "declares a document type, which could make it read other files; remove its <!DOCTYPE>";
    private static final String NO_ENCODING = "is not UTF-8, nor in another encoding that it declares";
    private static final int MOST_NESTED = 1000;
    private static final Pattern NAME = Pattern.compile("([^-]+)-.*\\.xml(\\.\\w+)?", Pattern.CASE_INSENSITIVE);

    @Override
    public Set<String> endings() {
        return Set.of(".xml");
    }

    @Override
    public boolean hasLabels() {
        return false;
    }

    @Override
    public boolean mayBeEmpty() {
        return false;
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        if (!columns.labels().isEmpty()) {
            throw new InvalidFileException(file.path(), "has no column " + columns.labels().get(0) + ", as XML has none");
        }
        try (XmlInput input = new XmlInput(file)) {
            new Reading(file, input, rows).run();
        }
    }

    private record Found(String patient, String text, long line) {
    }

    /** What ends a reading: what is wrong, and on which line. */
    private static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String problem;
        private final long line;

        private MalformedException(String problem, long line) {
            super(problem);
            this.problem = problem;
            this.line = line;
        }
    }

    /** One file. The last note is kept back until the next one, or the end, shows that the file goes on well. */
    private static final class Reading {

        private final NoteFile file;
        private final XmlInput input;
        private final RowSink rows;
        private final Deque<Optional<String>> ids = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder withoutId = new StringBuilder();
        private int countWithoutId;
        private final XmlTags tags = new XmlTags();
        /** How many elements are open around those of {@code <TAGS>}; 0 outside. */
        private int depthOfTags;
        private Optional<Found> last = Optional.empty();
        private int depthInText;
        private long line;

        private Reading(NoteFile file, XmlInput input, RowSink rows) {
            this.file = file;
            this.input = input;
            this.rows = rows;
        }

        private void run() throws IOException {
            Matcher name = NAME.matcher(file.path().getFileName().toString());
            Optional<String> named = name.matches() ? Optional.of(name.group(1)) : Optional.empty();
            try {
                elements();
            } catch (MalformedException e) {
                rows.bad(e.line, last.isPresent() ? Optional.empty() : named, input.remains(e.problem), e.problem);
                return;
            }
            last.ifPresent(this::pass);
            if (countWithoutId > 1) {
                rows.bad(1, named, withoutId.toString(), "has more than one <TEXT> without an element around it that has an id");
            } else if (countWithoutId == 1 && named.isEmpty()) {
                rows.bad(1, named, withoutId.toString(), "is not named PATIENT-VISIT.xml, so the patient is not known");
            } else if (countWithoutId == 1) {
                String note = withoutId.toString();
                rows.text(1, named, note, Map.of(), tags.of(note));
            } else if (last.isEmpty()) {
                rows.bad(1, named, "", "has no <TEXT>");
            }
        }

        /** The library's messages can quote the text, so none is passed on. */
        private void elements() throws IOException, MalformedException {
            try {
                XMLStreamReader xml = FACTORY.createXMLStreamReader(input.text());
                while (xml.hasNext()) {
                    take(xml.next(), xml);
                    input.progress();
                }
            } catch (XMLStreamException e) {
                long place = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
                if (e.getNestedException() instanceof CharacterCodingException) {
                    throw new MalformedException(NO_ENCODING, 1);
                }
                if (e.getNestedException() instanceof IOException failure) {
                    throw failure;
                }
                throw new MalformedException(NO_XML, place);
            } catch (CharacterCodingException | IllegalArgumentException e) {
                throw new MalformedException(NO_ENCODING, 1);
            } catch (MissingResourceException e) { // the parser finds a fault for which it has no words
                throw new MalformedException(NO_XML, 1);
            }
        }

        private void take(int event, XMLStreamReader xml) throws MalformedException {
            switch (event) {
                case XMLStreamConstants.DTD -> throw new MalformedException(DOCUMENT_TYPE, 1);
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new MalformedException(NO_XML, xml.getLocation().getLineNumber());
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (depthInText > 0) {
                        append(text, xml.getText());
                    }
                }
                default -> {
                }
            }
        }

        private void start(XMLStreamReader xml) throws MalformedException {
            String name = xml.getLocalName();
            if (depthInText + ids.size() == MOST_NESTED) {
                throw new MalformedException("has elements of which more than " + MOST_NESTED + " are one in the other",
                        xml.getLocation().getLineNumber());
            }
            if (depthInText > 0) {
                depthInText++;
            } else if (name.equals("TEXT") || name.equals("text")) {
                depthInText = 1;
                line = xml.getLocation().getLineNumber();
            } else {
                if (depthOfTags > 0) {
                    tags.take(xml);
                }
                ids.push(id(xml).or(() -> ids.isEmpty() ? Optional.empty() : ids.peek()));
                if (name.equals("TAGS") && depthOfTags == 0) {
                    depthOfTags = ids.size();
                }
            }
        }

        private void end() {
            if (depthInText == 0) {
                depthOfTags = ids.size() == depthOfTags ? 0 : depthOfTags;
                ids.pop();
            } else if (--depthInText == 0) {
                found(text.toString());
                text.setLength(0);
            }
        }

        private void found(String note) {
            Optional<String> id = ids.isEmpty() ? Optional.empty() : ids.peek();
            if (id.isPresent()) {
                last.ifPresent(this::pass);
                last = Optional.of(new Found(id.get(), note, line));
            } else {
                append(withoutId, countWithoutId == 0 ? "" : "\n");
                append(withoutId, note);
                countWithoutId++;
            }
        }

        private void pass(Found note) {
            rows.text(note.line, Optional.of(note.patient), note.text, Map.of());
        }

        private void append(StringBuilder all, String more) {
            if (more.length() > NoteFile.LONGEST_NOTE - all.length()) {
                throw NoteFile.tooLong(file.path(), "holds XML");
            }
            all.append(more);
        }

        private static Optional<String> id(XMLStreamReader xml) {
            for (int attribute = 0; attribute < xml.getAttributeCount(); attribute++) {
                String name = xml.getAttributeLocalName(attribute);
                if (name.equals("ID") || name.equals("id")) {
                    return Optional.of(xml.getAttributeValue(attribute));
                }
            }
            return Optional.empty();
        }
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
