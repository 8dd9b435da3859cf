package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClinicalSentenceSplitterTest extends SentenceSplitterContract {

    @Override
    protected SentenceSplitter splitter() {
        return new ClinicalSentenceSplitter();
    }

    /** Notes labelled by hand, synthetic, before the rules were made. */
    @Test
    void findsTheBoundariesOfNotesItWasMadeOn() throws IOException {
        assertTrue(boundaryF1("made-on.txt") >= 0.99, "measured: 1.000; is " + boundaryF1("made-on.txt"));
    }

    /** Notes labelled by hand, synthetic, after the rules were made; the rules were not tuned to them. */
    @Test
    void findsTheBoundariesOfNotesItHasNotSeen() throws IOException {
        assertTrue(boundaryF1("held-out.txt") >= 0.95, "measured: 0.964; is " + boundaryF1("held-out.txt"));
    }

    @Test
    void anAbbreviationIsAWordOfItsOwn() {
        assertEquals(List.of("Pt. Smith slept.", "The pt. Okafor kept still.", "No fever."),
                splitter().split("Pt. Smith slept. The pt. Okafor kept still. No fever."));
    }

    @Test
    void wrappedLinesAreOneSentenceAndItemsAreTheirOwn() {
        assertEquals(
                List.of("Medications:", "1. Aspirin 81 mg p.o. daily", "2. Lasix",
                        "He was seen by Dr. [**Last Name**] at 3 a.m. and discharged home."),
                splitter().split(
                        "Medications:\n1. Aspirin 81 mg p.o. daily\n2. Lasix\n\nHe was seen by Dr. [**Last Name**] at 3 a.m.   and"
                                + " discharged\nhome.\n"
                                        .replace("discharged\nhome", "discharged\thome")));
    }

    /** Wrapped at 56 characters, where the next word had no room, and ended at will where it had. */
    @Test
    void aNarrowNoteIsWrappedToo() {
        assertEquals(List.of("The patient was sent from the clinic for an abdominal Ultrasound which showed no stones and no other"
                + " finding of note, and went home.", "Temp. 37.2 and stable in the evening", "Slept well"),
                splitter().split(
                        "The patient was sent from the clinic for an abdominal\nUltrasound which showed no stones and no other finding\nof"
                                + " note, and went home.\nTemp. 37.2 and stable in the evening\nSlept well\n"));
    }

    private double boundaryF1(String name) throws IOException {
        int right = 0;
        int found = 0;
        int labelled = 0;
        for (String note : read(name).split("=====\n")) {
            Set<Integer> expected = ends(List.of(note.split("‖")));
            Set<Integer> actual = ends(splitter().split(note.replace("‖", "")));
            found += actual.size();
            labelled += expected.size();
            actual.retainAll(expected);
            right += actual.size();
        }
        return 2.0 * right / (found + labelled);
    }

    /** Where sentences end, counting characters but not white space. */
    private static Set<Integer> ends(List<String> sentences) {
        Set<Integer> ends = new TreeSet<>();
        int place = 0;
        for (String sentence : sentences) {
            place += sentence.replaceAll("\\s+", "").length();
            ends.add(place);
        }
        return ends;
    }

    private static String read(String name) throws IOException {
        try (InputStream stream = ClinicalSentenceSplitterTest.class.getResourceAsStream("/sentences/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** In a class path of its own. */
    @Test
    void withoutIcuItSaysWhatToAdd() throws Exception {
        List<URL> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("icu4j")) {
                others.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader = new URLClassLoader(others.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object splitter = loader.loadClass(ClinicalSentenceSplitter.class.getName()).getConstructor().newInstance();
            Method split = splitter.getClass().getMethod("split", String.class);
            Throwable failure = assertThrows(InvocationTargetException.class, () -> split.invoke(splitter, "A note.")).getCause();
            assertTrue(failure.getMessage().contains("add com.ibm.icu:icu4j"), failure.toString());
        }
    }
}
