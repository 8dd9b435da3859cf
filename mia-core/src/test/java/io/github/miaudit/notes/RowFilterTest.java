package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFilterTest {

    private static final String MIMIC = "ROW_ID,SUBJECT_ID,HADM_ID,CHARTDATE,CHARTTIME,STORETIME,CATEGORY,DESCRIPTION,CGID,ISERROR,TEXT\n";

    @TempDir
    private Path folder;

    /** All conditions hold; the case matters, white space at the ends does not. */
    @Test
    void keepsRowsThatSayWhatIsWanted() throws IOException {
        NoteFiles table = table(
                "SUBJECT_ID,CATEGORY,ISERROR,TEXT\n1,Discharge summary,,a\n2, Discharge summary ,0,b\n3,discharge summary,,c\n"
                        + "4,Radiology,1,d\n5,Radiology,,e\n6,Nursing,,f\n");
        RowFilter reports = RowFilter.none().keeping("CATEGORY", List.of("Discharge summary", "Radiology"));
        assertEquals(List.of("a", "b", "d", "e"), texts(table.withRows(reports)));
        assertEquals(List.of("a", "b", "e"), texts(table.withRows(reports.leavingOut("ISERROR", List.of("1")))));
        assertEquals(List.of("d", "e"), texts(table.withRows(reports.keeping("CATEGORY", List.of("Nursing", "Radiology")))));
        assertEquals(List.of("c"), texts(table
                .withRows(RowFilter.none().leavingOut("CATEGORY", List.of("Discharge summary")).leavingOut("CATEGORY", List.of("Radiology",
                        "Nursing")))));
        assertEquals(2, table.withRows(reports).read(note -> {
        }).leftOut());
        assertEquals(6, texts(table.withRows(RowFilter.none())).size());
    }

    @Test
    void aRowThatSaysNothingOfAColumnHasNoneOfItsValues() throws IOException {
        Path file = Files.writeString(folder.resolve("x.jsonl"),
                "{\"text\":\"a\",\"ISERROR\":1}\n{\"text\":\"b\",\"ISERROR\":null}\n{\"text\":\"c\"}\n"
                        + "{\"text\":\"d\",\"ISERROR\":\"1 \"}\n");
        assertEquals(List.of("b", "c"), texts(NoteFiles.at(file).withRows(RowFilter.none().leavingOut("ISERROR", List.of("1")))));
        assertEquals(List.of("a", "d"), texts(NoteFiles.at(file).withRows(RowFilter.none().keeping("ISERROR", List.of("1")))));
    }

    @Test
    void aBadRowIsBadWhateverItSays() throws IOException {
        NoteFiles table = table("SUBJECT_ID,KIND,TEXT\n1,x,a\nNULL,y,b\n2,y,c\n").withRows(RowFilter.none().keeping("KIND", List.of("x")));
        assertTrue(assertThrows(InvalidFileException.class, () -> texts(table)).getMessage().contains(":3: names no patient"));
        List<String> remains = new ArrayList<>();
        NotesRead read = table.withBadRows(BadRowPolicy.SKIP).read(note -> {
        }, bad -> remains.add(bad.text()));
        assertEquals(List.of("b"), remains);
        assertEquals(List.of(1L, 1L, 1L), List.of(read.notes(), read.leftOut(), (long) read.badRows().size()));
    }

    @Test
    void mistakesAreNamed() throws IOException {
        NoteFiles table = table("SUBJECT_ID,KIND,TEXT\n1,x,a\n2,y,c\n");
        assertEquals(
                folder.resolve("x.csv") + ": has no row that the conditions on KIND leave; 2 rows are left out; do the columns say what"
                        + " is wanted, in upper and lower case as it is?",
                failure(table, RowFilter.none().keeping("KIND", List.of("X"))));
        assertTrue(failure(table, RowFilter.none().keeping("KIN", List.of("x"))).contains("x.csv:1: has no column KIN"));
        Path lines = Files.writeString(folder.resolve("y.txt"), "One.\n");
        assertEquals(lines + ": has no columns, so none called KIND, which is asked for; give such files as an input of their own, of which"
                + " it is not",
                failure(NoteFiles.at(lines), RowFilter.none().leavingOut("KIND", List.of("x"))));
        assertEquals("the condition on column KIND has an empty value; give it a value, or leave it out",
                assertThrows(IllegalArgumentException.class, () -> RowFilter.none().keeping("KIND", List.of("x", " "))).getMessage());
        assertEquals("a condition on rows names no column; name one",
                assertThrows(IllegalArgumentException.class, () -> RowFilter.none().leavingOut(" ", List.of("x"))).getMessage());
        assertEquals("no row is left where KIND is one of x and also one of y; give all values in one condition",
                assertThrows(IllegalArgumentException.class,
                        () -> RowFilter.none().keeping("KIND", List.of("y")).keeping("KIND", List.of("x")))
                        .getMessage());
    }

    /** Against the conditions written out. */
    @Property
    void conditionsAreOneAndAnother(@ForAll @NotEmpty Set<@CharRange(from = 'a', to = 'd') @StringLength(1) String> one,
            @ForAll @NotEmpty Set<@CharRange(from = 'a', to = 'd') @StringLength(1) String> other,
            @ForAll @NotEmpty Set<@CharRange(from = 'a', to = 'd') @StringLength(1) String> without,
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(1) String said) {
        RowFilter filter = RowFilter.none().keeping("A", one).leavingOut("A", without).leavingOut("B", other);
        assertEquals(one.contains(said) && !without.contains(said), filter.passes(Map.of("A", said)));
        assertEquals(one.contains(said) && !without.contains(said) && !other.contains("c"), filter.passes(Map.of("A", said, "B", "c")));
        assertFalse(filter.passes(Map.of("B", said)));
        assertEquals(List.of("A", "B"), filter.columns());
    }

    /** Rows as MIMIC-III has them: mistaken ones have ISERROR 1, or 1.0 if pandas wrote them, the others nothing. */
    @Test
    void presetsReadWhatTheyAreNamedAfter() throws IOException {
        Path events = Files.writeString(folder.resolve("NOTEEVENTS.csv"), MIMIC
                + "174,22532,167853,2151-08-04,,,\"Discharge summary\",\"Report\",,,\"Seen today.\"\n"
                + "175,13702,107527,2118-06-14,,,\"Nursing\",\"Report\",,1,\"Mistaken.\"\n"
                + "176,13702,107527,2118-06-14,,,Nursing,Report,,1.0,\"Too.\"\n");
        assertEquals(List.of("Seen today."), texts(Preset.MIMIC_III.at(events)));
        Path discharge = Files.writeString(folder.resolve("discharge.csv"),
                "note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text\n10000032-DS-21,10000032,22595853,DS,21,,,Well.\n");
        List<Note> notes = new ArrayList<>();
        Preset.MIMIC_IV_NOTE.at(discharge).read(notes::add);
        assertEquals("10000032", notes.get(0).patient().orElseThrow());
        Path exported = Files.writeString(folder.resolve("train.csv"), "text,group\nWell.,7\n");
        assertEquals(List.of("Well."), texts(Preset.DATASETS.at(exported)));
        Path visit = Files.writeString(folder.resolve("110-01.xml"), "<a><TEXT>Well.</TEXT></a>");
        assertEquals(List.of("Well."), texts(Preset.N2C2_2014.at(visit)));
        assertEquals(List.of(Preset.values()),
                List.of(Preset.labels().split(", ")).stream().map(name -> Preset.labelled(name).orElseThrow())
                        .toList());
    }

    private NoteFiles table(String content) throws IOException {
        return NoteFiles.at(Files.writeString(folder.resolve("x.csv"), content));
    }

    private static List<String> texts(NoteFiles files) {
        List<String> texts = new ArrayList<>();
        files.read(note -> texts.add(note.text()));
        return texts;
    }

    private static String failure(NoteFiles files, RowFilter filter) {
        return assertThrows(InvalidFileException.class, () -> texts(files.withRows(filter))).getMessage();
    }
}
