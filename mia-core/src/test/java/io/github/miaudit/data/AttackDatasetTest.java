package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttackDatasetTest extends AttackDatasetContract {

    private static final List<Sample> MEMBERS = List.of(Sample.of("1", "p1", "One."), Sample.of("2", "p2", "Two."));
    private static final List<Sample> NON_MEMBERS = List.of(Sample.of("1", "p3", "Three."));

    @TempDir
    private Path folder;

    @Override
    protected AttackDataset dataset() {
        return AttackDataset.of(MEMBERS, NON_MEMBERS, List.of(Sample.of("1", "Four.")));
    }

    @Test
    void readsAFolderWithAndWithoutExternals() throws IOException {
        Files.writeString(folder.resolve("members.jsonl"),
                "{\"id\":\"1\",\"group\":\"p1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"group\":\"p2\",\"text\":\"Two.\"}");
        Files.writeString(folder.resolve("non_members.jsonl"), "{\"id\":\"1\",\"group\":\"p3\",\"text\":\"Three.\"}\n");
        assertEquals(AttackDataset.of(MEMBERS, NON_MEMBERS).digest(), AttackDataset.readJsonLines(folder).digest());
        Files.writeString(folder.resolve("externals.jsonl"), "\"Four.\"\n");
        assertEquals(dataset().digest(), AttackDataset.readJsonLines(folder).digest());
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("members.jsonl"), "\"One.\"\n");
        InvalidFileException error = assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder));
        assertEquals(folder.resolve("non_members.jsonl") + ": does not exist", error.getMessage());
        Path nowhere = folder.resolve("nowhere");
        assertTrue(assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(nowhere)).getMessage()
                .startsWith(nowhere + ": is no folder"));
    }

    @Test
    void emptyPopulationsAndRepeatedIdsAreRefused() {
        assertEquals("0 non-members; at least 1 is needed",
                assertThrows(IllegalArgumentException.class, () -> AttackDataset.of(MEMBERS, List.of())).getMessage());
        assertEquals("id 1 stands twice in members", assertThrows(IllegalArgumentException.class,
                () -> AttackDataset.of(List.of(MEMBERS.get(0), Sample.of("1", "again")), NON_MEMBERS)).getMessage());
    }

    @Test
    void everyPartCountsInTheDigest() {
        String digest = dataset().digest();
        assertNotEquals(digest, AttackDataset.of(MEMBERS, NON_MEMBERS).digest());
        assertNotEquals(digest,
                AttackDataset.of(List.of(MEMBERS.get(1), MEMBERS.get(0)), NON_MEMBERS, List.of(Sample.of("1", "Four."))).digest());
        assertNotEquals(digest, AttackDataset.of(MEMBERS, NON_MEMBERS, List.of(Sample.of("1", "", "Four."))).digest());
        assertNotEquals(digest, AttackDataset.of(MEMBERS, NON_MEMBERS, List.of(Sample.of("1", "Four"))).digest());
    }

    /** A data sheet tells of all files, or it is none. */
    @Test
    void aDatasheetMustTellOfEveryFile() throws IOException {
        Files.writeString(folder.resolve("members.jsonl"), "\"One.\"\n");
        Files.writeString(folder.resolve("non_members.jsonl"), "\"Two.\"\n");
        String members = "\"members.jsonl\":\"" + Sha256.ofFiles(folder.resolve("members.jsonl")) + "\"";
        String both = members + ",\"non_members.jsonl\":\"" + Sha256.ofFiles(folder.resolve("non_members.jsonl")) + "\"";
        datasheet("{\"digests\":{" + both + "}}");
        AttackDataset.readJsonLines(folder);
        Files.writeString(folder.resolve("externals.jsonl"), "\"Three.\"\n");
        assertEquals(folder.resolve("externals.jsonl")
                + ": is not one of the files that datasheet.json was written for; remove it, or remove datasheet.json"
                + " if it was added on purpose", failure());
        Files.delete(folder.resolve("externals.jsonl"));
        datasheet("{\"digests\":{" + members + "}}");
        assertTrue(failure().startsWith(folder.resolve("non_members.jsonl") + ": is not one of the files"), failure());
        datasheet("{\"digests\":{}}");
        assertEquals(folder.resolve("datasheet.json") + ": has no digests; prepare the dataset anew, or remove the file", failure());
        for (String malformed : List.of("{\"digests\":{" + both + "},\"digests\":{" + both + "}}",
                "{\"digests\":{" + both + "," + members + "}}",
                "{'digests':{" + both + "}}", "{\"digests\":{" + both + "}} x", "",
                "{\"digests\":{" + both + "},\"a\":" + "1".repeat(1001) + "}",
                "{\"digests\":{" + both + "},\"a\":[{\"b\":NaN}]}")) {
            datasheet(malformed);
            assertTrue(
                    failure().matches("\\Q" + folder.resolve("datasheet.json")
                            + "\\E:\\d+: (is not valid JSON; is the file complete\\?|states \".*\" twice; .*)"),
                    failure());
        }
    }

    /** What the report would stumble over is refused before anything is scored. */
    @ParameterizedTest
    @ValueSource(strings = {"sets|5", "sets|{\"members\":5}", "sets|{\"members\":{\"patientsSeen\":\"3\"}}",
            "sets|{\"members\":{\"patientsSeen\":null}}",
            "sets|{\"members\":{\"patientsSeen\":1e999}}", "settings|[]", "settings|{\"a\":{}}", "inputs|[]", "saltDigest|{}",
            "trainingRowsUnread|-1"})
    void aDatasheetOfAnotherShapeIsRefused(String memberAndValue) throws IOException {
        Files.writeString(folder.resolve("members.jsonl"), "\"a\"\n");
        Files.writeString(folder.resolve("non_members.jsonl"), "\"b\"\n");
        String member = memberAndValue.substring(0, memberAndValue.indexOf('|'));
        datasheet("{\"digests\":{\"a\":\"0\"},\"" + member + "\":" + memberAndValue.substring(member.length() + 1) + "}");
        assertEquals(folder.resolve("datasheet.json") + ": has " + member
                + " as no data sheet has them; prepare the dataset anew, or remove the file", failure());
    }

    private void datasheet(String content) throws IOException {
        Files.writeString(folder.resolve("datasheet.json"), content);
    }

    private String failure() {
        return assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder)).getMessage();
    }
}
