package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.notes.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs and options of {@code mia prepare}, on the command line and in a recipe. */
class RecipeTest {

    @TempDir
    private Path folder;

    /** Two kinds of files with training notes, of which some rows are of another category or mistaken. */
    @BeforeEach
    void writeNotes() throws IOException {
        StringBuilder events = new StringBuilder("SUBJECT_ID,CATEGORY,ISERROR,TEXT\n");
        StringBuilder others = new StringBuilder("subject_id,text\n");
        StringBuilder lines = new StringBuilder();
        for (int patient = 0; patient < 6; patient++) {
            events.append(patient).append(",Nursing,,\"").append(sentence("event", patient)).append("\"\n");
            events.append(100 + patient).append(",Radiology,,\"").append(sentence("picture", patient)).append("\"\n");
            events.append(200 + patient).append(",Nursing,1,\"").append(sentence("mistake", patient)).append("\"\n");
            others.append(300 + patient).append(",\"").append(sentence("other", patient)).append("\"\n");
            lines.append("{\"group\":").append(400 + patient).append(",\"text\":\"").append(sentence("line", patient)).append("\"}\n");
        }
        Files.writeString(folder.resolve("events.csv"), events);
        Files.writeString(folder.resolve("others.csv"), others);
        Files.writeString(folder.resolve("lines.jsonl"), lines);
        Files.writeString(folder.resolve("elsewhere.txt"), sentence("stranger", 1) + "\n" + sentence("foreigner", 2) + "\n");
    }

    private static String sentence(String kind, int patient) {
        String word = Integer.toString((kind.hashCode() ^ 7919 * (patient + 1)) & 0x7fffffff, 36);
        return "The " + kind + " of " + word + " showed " + new StringBuilder(word).reverse() + " at " + word.repeat(2) + ".";
    }

    private String[] fromTheLine(String output) {
        return new String[] {"prepare", "--training",
                "notes=" + in("events.csv") + ",preset=mimic-iii,where=CATEGORY:Nursing|Discharge summary", "--training",
                in("lines.jsonl"), "--nontraining", "notes=" + in("others.csv") + ",patient=subject_id,text=text", "--patients", "9",
                "--sentences", "all", "--allow-fewer", "--seed", "7", "--similarity", "0.9", "--keep-ids", "--output", in(output)};
    }

    private String recipe() {
        return "training:\n  - notes: " + in("events.csv")
                + "\n    preset: mimic-iii\n    where:\n      CATEGORY: [Nursing, Discharge summary]\n"
                + "  - notes: " + in("lines.jsonl") + "\nnontraining:\n  - notes: " + in("others.csv")
                + "\n    patient: subject_id\n    text: text\npatients: 9\nsentences: all\nallow-fewer: true\nseed: 7\nsimilarity: 0.9\n"
                + "keep-ids: true\n";
    }

    @Test
    void eachInputHasColumnsAndConditionsOfItsOwn() throws IOException {
        Outcome outcome = mia(fromTheLine("data"));
        assertDone(outcome);
        assertEquals(List.of("training     1 .csv, 1 .jsonl read; 12 rows left out, as where says", "nontraining  1 .csv read"),
                outcome.out().lines().limit(2).toList());
        String members = Files.readString(folder.resolve("data/members.jsonl"));
        assertTrue(members.contains("The event of") && members.contains("The line of"), members);
        assertFalse(members.contains("The picture of") || members.contains("The mistake of"), members);
        assertTrue(members.contains("\"source\":\"1/events.csv:2\"") || members.contains("\"source\":\"2/lines.jsonl:1\""), members);
        JsonObject sheet = sheet("data");
        assertEquals(12, sheet.getAsJsonObject("rowsLeftOut").get("training").getAsInt());
        assertEquals(JsonParser.parseString("[{\"notes\":\"" + in("events.csv")
                + "\",\"patient\":\"SUBJECT_ID\",\"text\":\"TEXT\",\"where\":{\"CATEGORY\":[\"Nursing\",\"Discharge summary\"]},"
                + "\"where-not\":{\"ISERROR\":[\"1\",\"1.0\"]}},{\"notes\":\"" + in("lines.jsonl") + "\"}]"),
                sheet.getAsJsonObject("recipe").get("training"));
    }

    /** The command line, the recipe in YAML and the data sheet all give the same files. */
    @Test
    void aRunCanBeRepeatedFromItsDataSheetAlone() throws IOException {
        assertDone(mia(fromTheLine("line")));
        Files.writeString(folder.resolve("recipe.yaml"), recipe());
        assertDone(mia("prepare", "--recipe", in("recipe.yaml"), "--output", in("yaml")));
        Outcome repeated = mia("prepare", "--recipe", in("line/datasheet.json"), "--output", in("sheet"));
        assertDone(repeated);
        assertEquals("", repeated.err());
        for (String file : List.of("members.jsonl", "non_members.jsonl", "datasheet.json")) {
            assertEquals(Files.readString(folder.resolve("line").resolve(file)), Files.readString(folder.resolve("yaml").resolve(file)));
            assertEquals(Files.readString(folder.resolve("line").resolve(file)), Files.readString(folder.resolve("sheet").resolve(file)));
        }
    }

    @Test
    void changedFilesOfARepeatedRunAreSaid() throws IOException {
        Files.writeString(folder.resolve("salt"), "pepper");
        String[] line = fromTheLine("line");
        line[line.length - 3] = "--salt-file=" + in("salt");
        assertDone(mia(line));
        Files.writeString(folder.resolve("lines.jsonl"), "{\"group\":9,\"text\":\"" + sentence("new", 1) + "\"}\n");
        Files.writeString(folder.resolve("salt"), "salt");
        Outcome repeated = mia("prepare", "--recipe", in("line/datasheet.json"), "--output", in("again"));
        assertDone(repeated);
        assertEquals(List.of("mia: warning: 1 files are not as they were when " + in("line/datasheet.json")
                + " was written, so the sets may be others: training/2/lines.jsonl",
                "mia: warning: the salt is not that of " + in("line/datasheet.json")
                        + ", so patients have other pseudonyms; name its file by --salt-file"),
                repeated.err().lines().toList());
        String sheet = Files.readString(folder.resolve("line/datasheet.json"));
        Files.writeString(folder.resolve("line/datasheet.json"), sheet.replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"0.0.1\""));
        assertTrue(mia("prepare", "--recipe", in("line/datasheet.json"), "--output", in("third")).err()
                .contains("was written by MIAudit 0.0.1, so the sets may be others"));
    }

    @Test
    void theCommandLineWins() throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), recipe());
        assertDone(mia("prepare", "--recipe", in("recipe.yaml"), "--sentences", "2", "--keep-ids=false", "--seed=8", "--allow-fewer",
                "--external", in("elsewhere.txt"), "--output", in("data")));
        JsonObject recipe = sheet("data").getAsJsonObject("recipe");
        assertEquals(List.of("2", "9", "8", "true"), Stream.of("sentences", "patients", "seed", "allow-fewer")
                .map(option -> recipe.get(option).getAsString()).toList());
        assertFalse(recipe.has("keep-ids"));
        assertEquals(2, Files.readAllLines(folder.resolve("data/externals.jsonl")).size());
        Outcome both = mia("prepare", "--recipe", in("recipe.yaml"), "--training", in("lines.jsonl"), "--output", in("more"));
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("--training and the recipe both name training notes; leave one out"), both.err());
        Files.writeString(folder.resolve("half.yaml"), "patients: 9\npatient-column: subject_id\ntext-column: text\n");
        Outcome half = mia("prepare", "--recipe", in("half.yaml"), "--training", in("others.csv"), "--output", in("more"));
        assertEquals(2, half.exitCode());
        assertTrue(half.err().contains("Missing required option: '--nontraining=NOTES', which the recipe doesn't name either"), half.err());
        assertDone(mia("prepare", "--recipe", in("half.yaml"), "--training", in("others.csv"), "--nontraining",
                "notes=" + in("lines.jsonl") + ",patient=group", "--allow-fewer", "--output", in("more")));
        assertEquals("subject_id", sheet("more").getAsJsonObject("recipe").getAsJsonArray("training").get(0).getAsJsonObject()
                .get("patient").getAsString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a,b.csv | 'a' is no KEY=VALUE; a path or a value with a comma or an equals sign goes into a recipe (--recipe)",
            "date=1/x.csv | key 'date' is unknown; known are notes, preset, patient, text, quote, text-files, ignore, on-bad-row, where;"
                    + " a path with a comma or an equals sign goes into a recipe (--recipe)",
            "notes=a,patent=b | key 'patent' is unknown; known are notes,",
            "notes=a,notes=b | key notes is there twice; leave one out",
            "notes=a,text= | key 'text' is empty; give it a value, or leave it out",
            "patient=a | has no key notes; add it, with the path of a file or a folder",
            "notes=a,preset=mimic | has the preset 'mimic', which is unknown; known are mimic-iii, mimic-iv-note, n2c2-2014,"
                    + " n2c2-2018, datasets",
            "notes=a,on-bad-row=mend | has the key on-bad-row: 'mend' is neither fail nor skip",
            "notes=a,where=KIND | where is 'KIND'; it must be COLUMN:VALUE, COLUMN:VALUE~VALUE or COLUMN!:VALUE",
            "notes=a,where=KIND: | the condition on column KIND has an empty value; give it a value, or leave it out",
            "notes=a,where=KIND:a~ | the condition on column KIND has an empty value; give it a value, or leave it out",
            "notes=a,where=:b | a condition on rows names no column; name one",
            "notes=a,where=K:a,where=K:b | no row is left where K is one of b and also one of a; give all values in one condition"})
    void mistakesOnTheLineAreNamed(String notes, String problem) {
        Outcome outcome = mia("prepare", "--training", notes.replace('~', '|'), "--nontraining", "x", "--output", in("data"));
        assertEquals(2, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().contains("'--training'"), outcome.err());
        assertTrue(outcome.err().contains(problem.replace('~', '|')), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "patents: 9 | :1: key patents is unknown; known are training, nontraining, external, patient-column, text-column, on-bad-row,",
            "seed: 1~seed: 2 | :2: key seed is there already; leave one out", "output: x | :1: key output is unknown",
            "seed: 1~patients: 0 | :2: Invalid value for patients: '0' is neither a whole number from 1 to 999999999 nor all",
            "similarity: 2 | :1: Invalid value for similarity: '2' is no number in (0, 1]",
            "min-length: -1 | :1: Invalid value for min-length: '-1' is no whole number from 0 to 999999999",
            "seed: x | :1: Invalid value for seed: 'x' is not a long",
            "patients: | :1: patients is empty; give it a value, or leave it out",
            "patients: [1, 2] | :1: patients is a list; it must be one value",
            "splitter: x | :1: the notes were cut into sentences by x, which only a Java program has",
            "training: x.csv | :1: training is no list; start each input with a dash, such as - notes: notes.csv",
            "training: [] | :1: training is empty; name notes, or leave it out",
            "training:~- x.csv | :2: an input has keys and values; known keys are notes, preset, patient, text, quote, text-files, ignore,"
                    + " on-bad-row, where",
            "training:~- notes: x~  patent: y | :3: key patent is unknown; known are notes,",
            "training:~- patient: y | :2: this input has no key notes; add it, with the path of a file or a folder",
            "training:~- notes: x~  preset: y | :2: this input has the preset 'y', which is unknown; known are mimic-iii,",
            "training:~- notes: x~  where: KIND:a | :3: where has columns and their values, such as CATEGORY: [Nursing, Radiology]",
            "training:~- notes: x~  where: {KIND: []} | :3: KIND is empty; give it a value, or leave it out",
            "training:~- notes: x~  where: {KIND: [{a: b}]} | :3: KIND is a mapping; it must be one value",
            "training:~- notes: x~  where: {'': a} | :3: names no column; name one", "allow-fewer: perhaps | :1:",
            "- a | :1: a recipe has keys",
            "`` | : is empty; a recipe has the key training", "training: *x | :1: has the alias *x; write out what it stands for"})
    void mistakesInARecipeAreNamedWithTheirLine(String yaml, String problem) throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), yaml.replace("~", "\n") + "\n");
        Outcome outcome = mia("prepare", "--recipe", in("recipe.yaml"), "--output", in("data"));
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().contains(in("recipe.yaml") + problem), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test
    void theRecipeOfTheDocumentsIsOne() throws IOException {
        String page = Files.readString(Path.of("../docs/datasets.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        RecipeFile.Recipe recipe = new RecipeFile(
                Files.writeString(folder.resolve("recipe.yaml"), page.substring(start, page.indexOf("```", start)))).read();
        assertEquals(2, recipe.inputs().get("training").size());
        assertEquals(List.of("200", "all", "true"), List.copyOf(recipe.options().values()));
        page.lines().filter(line -> line.contains("ing \"notes=") || line.contains("ing notes=")).forEach(
                line -> NotesInput.of(line.strip().split(" ", 2)[1].replace("\"", "").replace(" \\", "")));
        assertTrue(Stream.of(Preset.values()).allMatch(preset -> page.contains("| `" + preset.label() + "` |")));
    }

    @Test
    void aDataSheetMustHoldARecipe() throws IOException {
        assertDone(mia(fromTheLine("data")));
        String sheet = Files.readString(folder.resolve("data/datasheet.json"));
        Path file = folder.resolve("data/datasheet.json");
        Files.writeString(file, sheet.replace("\"recipe\"", "\"other\""));
        assertEquals("mia: " + file + ": is a data sheet without a recipe; write one, or prepare the dataset anew\n", repeat(file));
        Files.writeString(file, sheet.replace("\"recipe\": {", "\"recipe\": {\n\"splitter\": \"custom\","));
        assertTrue(
                repeat(file)
                        .contains("datasheet.json, recipe:2: the notes were cut into sentences by custom, which only a Java program has"),
                repeat(file));
        assertTrue(repeat(folder.resolve("missing.yaml")).contains("missing.yaml: does not exist"));
        Path json = Files.writeString(folder.resolve("recipe.json"), "{\"nontraining\": [{\"notes\": 7}], \"patients\": 0}");
        assertTrue(repeat(json).contains("recipe.json:1: Invalid value for patients"), repeat(json));
    }

    private String repeat(Path recipe) {
        return mia("prepare", "--recipe", recipe.toString(), "--output", in("again")).err();
    }

    private JsonObject sheet(String dataset) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(dataset).resolve("datasheet.json"))).getAsJsonObject();
    }

    private static void assertDone(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.err());
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }
}
