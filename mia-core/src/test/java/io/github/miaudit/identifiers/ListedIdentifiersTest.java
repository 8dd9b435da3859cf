package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedIdentifiersTest extends IdentifierFinderContract {

    private static final ListedIdentifiers NAMES = ListedIdentifiers.of("name",
            List.of("Smith", "O'Brien", "St Mary's Hospital", "St Mary", "Smith-Jones", "van der Berg", "Brown", "M\u00fcller", "Ann Li"));
    private static final String SECRET = "Zzyzxgram";

    @TempDir
    private Path folder;

    @Override
    protected IdentifierFinder finder() {
        return NAMES;
    }

    @Override
    protected List<String> pieces() {
        return List.of("Smith", "Jones", "St", "Mary", "Hospital", "O", "Brien", "s", "Brown", "brown", "Ann", "Li", "Muller", "der");
    }

    @Test
    void wholeWordsAreFound() {
        assertEquals(List.of("Smith", "Smith", "Smith", "SMITH"),
                Found.in("Smith's, (Smith), Smith-led; Smithson Smith2 goldSmith SMITH", NAMES));
        assertEquals(List.of("M\u00fcller", "Mu\u0308ller", "M\u00dcLLER"), Found.in("M\u00fcller Mu\u0308ller M\u00dcLLER Muller", NAMES));
        assertEquals(List.of("O'Brien", "O\u2019BRIEN"), Found.in("O'Brien O\u2019BRIEN OBrien O Brien", NAMES));
    }

    @Test
    void theLongestIsFound() {
        assertEquals(List.of("St Mary's Hospital", "St Mary", "Smith-Jones"),
                Found.in("St Mary's Hospital, St Mary's, Smith-Jones", NAMES));
        assertEquals(List.of("St  Mary's\nHospital"), Found.in("St  Mary's\nHospital", NAMES));
        assertEquals(List.of("St Mary"), Found.in("St Mary'sHospital", NAMES));
        assertEquals(List.of("Ann Li"), Found.in("Ann Li; Ann-Li; Ann", NAMES));
    }

    @Test
    void lowerCaseIsNoNameUnlessTheListSaysSo() {
        assertEquals(List.of("Brown", "van der Berg", "Van der Berg"), Found.in("brown sputum, Brown, van der Berg, Van der Berg", NAMES));
        assertEquals(List.of("brown", "Brown"), Found.in("brown sputum, Brown", NAMES.withCase(ListedIdentifiers.Case.ANY)));
    }

    /** A search for each entry; of what it finds the longest first. */
    @Property
    void findsWhatSearchingForEachFinds(@ForAll("entries") List<String> entries, @ForAll("texts") String text) {
        List<List<Mention>> found = new ArrayList<>();
        for (String entry : entries) {
            List<Mention> ofEntry = new ArrayList<>();
            Matcher matcher = Pattern.compile("(?<![a-zA-Z0-9])" + Pattern.quote(entry) + "(?![a-zA-Z0-9])", Pattern.CASE_INSENSITIVE)
                    .matcher(text);
            for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
                ofEntry.add(Mention.of(matcher.start(), matcher.end(), "name"));
            }
            found.add(ofEntry);
        }
        List<Mention> all = new ArrayList<>();
        found.forEach(all::addAll);
        all.sort((a, b) -> a.length() != b.length() ? b.length() - a.length() : a.start() - b.start());
        assertEquals(IdentifierFinder.allOf(List.of(sample -> all)).find(sentence(text)),
                ListedIdentifiers.of("name", entries).withCase(ListedIdentifiers.Case.ANY).find(sentence(text)));
    }

    @Provide
    Arbitrary<List<String>> entries() {
        Arbitrary<String> separators = Arbitraries.of(" ", "-", "'", ", ");
        Arbitrary<String> more = Arbitraries.of(pieces()).flatMap(piece -> separators.map(separator -> separator + piece));
        return Arbitraries.of(pieces()).flatMap(first -> more.list().ofMaxSize(2).map(rest -> first + String.join("", rest))).list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Test
    void readsAList() throws IOException {
        ListedIdentifiers list = ListedIdentifiers.read("surname", write("\uFEFFSmith\r\n\n  Jones \t\nSMITH\n(Brown)\nAnn\u00a0 Li\n"));
        assertEquals(4, list.size().orElseThrow());
        assertEquals(List.of("Smith", "jones", "Brown", "Ann Li"),
                Found.in("Smith jones Brown Ann Li", list.withCase(ListedIdentifiers.Case.ANY)));
        assertEquals("ListedIdentifiers[4 of type surname]", list.toString());
    }

    @Test
    void refusesListsThatAreNone() throws IOException {
        refused("holds no entry; a list of identifiers has one a line", write(""), "");
        refused("holds no entry; a list of identifiers has one a line", write("\n \n"), "");
        refused("has no letter and no digit; remove it", write("Smith\n---\n"), ":2");
        refused("holds a control character; remove it, or save the list as plain text in UTF-8", write("Smith\n" + SECRET + "\u0007\n"),
                ":2");
        refused("holds a control character; remove it, or save the list as plain text in UTF-8", write("Smith\r" + SECRET + "\r"), ":1");
        refused("has 10000 characters; an entry has at most 200, is this a list with an entry a line?",
                write("Smith\n\n" + "Z".repeat(10_000)),
                ":3");
        refused("has 1000000 characters; an entry has at most 200, is this a list with an entry a line?", write(" ".repeat(1_000_000)),
                ":1");
        refused("has 17 words; an entry has at most 16", write((SECRET + " ").repeat(17)), ":1");
        Path latin1 = Files.write(folder.resolve("latin1.txt"),
                ("Smith\n" + SECRET + "M\u00fcller\n").getBytes(StandardCharsets.ISO_8859_1));
        refused("is not UTF-8; convert the file to UTF-8 first", latin1, ":2");
        refused("does not exist", folder.resolve("missing.txt"), "");
    }

    @Test
    void refusesListsInMemory() {
        assertEquals("entry 2 of a list of surname has no letter and no digit; remove it",
                assertThrows(IllegalArgumentException.class, () -> ListedIdentifiers.of("surname", List.of("Smith", "?"))).getMessage());
        assertEquals("a list of surname holds no entry; at least 1 is needed",
                assertThrows(IllegalArgumentException.class, () -> ListedIdentifiers.of("surname", List.of())).getMessage());
    }

    @Test
    void aMillionEntriesAreRead() throws IOException {
        Path file = folder.resolve("million.txt");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int entry = 0; entry < 1_000_000; entry++) {
                writer.write("Name" + entry + (entry % 10 == 0 ? " Hospital\n" : "\n"));
            }
        }
        ListedIdentifiers list = ListedIdentifiers.read("hospital", file);
        assertEquals(1_000_000, list.size().orElseThrow());
        assertEquals(List.of("Name999990 Hospital", "NAME1"), Found.in("to Name999990 Hospital by NAME1 of Name0", list));
        Iterator<String> proposals = list.proposals(List.of("name1"), 7).get(0);
        Set<String> proposed = new HashSet<>();
        for (int count = 0; count < 1000; count++) {
            assertTrue(proposed.add(proposals.next()));
        }
    }

    @Test
    void proposesTheWholeListInRandomOrder() {
        List<String> all = new ArrayList<>();
        NAMES.proposals(List.of("SMITH"), 1).get(0).forEachRemaining(all::add);
        assertEquals(9, all.size());
        assertEquals(9, new HashSet<>(all).size());
        List<String> again = new ArrayList<>();
        NAMES.proposals(List.of("smith"), 1).get(0).forEachRemaining(again::add);
        assertEquals(all, again);
        assertFalse(NAMES.proposals(List.of("Robinson"), 1).get(0).hasNext());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("list.txt"), text);
    }

    private static void refused(String problem, Path file, String line) {
        String message = assertThrows(InvalidFileException.class, () -> ListedIdentifiers.read("surname", file)).getMessage();
        assertEquals(file + line + ": " + problem, message);
        assertFalse(message.contains(SECRET), message);
    }
}
