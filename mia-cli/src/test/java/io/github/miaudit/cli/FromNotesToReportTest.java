package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.suite.SyntheticNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way of a user, on invented notes: prepare, train, train a control, audit. */
class FromNotesToReportTest {

    private static final int PATIENTS = 40;
    private static final int SENTENCES = 8;

    @TempDir
    private Path folder;

    /** How files of notes look. */
    private enum Shape {
        MIMIC("mimic-iii") {
            @Override
            void write(Path folder, List<SyntheticNotes.Patient> patients) throws IOException {
                StringBuilder table = new StringBuilder("ROW_ID,SUBJECT_ID,CATEGORY,ISERROR,TEXT\n");
                for (SyntheticNotes.Patient patient : patients) {
                    table.append("1,").append(patient.id()).append(",Nursing,,\"").append(String.join("\n\n", patient.sentences()))
                            .append("\"\n2,").append(patient.id()).append(",Nursing,1,\"Written of another patient by mistake.\"\n");
                }
                Files.writeString(folder.resolve("NOTEEVENTS.csv"), table);
            }
        },
        N2C2("n2c2-2014") {
            @Override
            void write(Path folder, List<SyntheticNotes.Patient> patients) throws IOException {
                for (SyntheticNotes.Patient patient : patients) {
                    Files.writeString(folder.resolve(patient.id() + "-01.xml"),
                            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<P><TEXT><![CDATA["
                                    + String.join("\n\n", patient.sentences()) + "]]></TEXT><TAGS/></P>\n");
                }
            }
        };

        private final String preset;

        Shape(String preset) {
            this.preset = preset;
        }

        abstract void write(Path folder, List<SyntheticNotes.Patient> patients) throws IOException;
    }

    /** A target that was trained for too long leaks, the comparison is valid, and nothing says so of one that saw others. */
    @ParameterizedTest
    @EnumSource
    void theLeakOfATargetThatWasTrainedForTooLongIsFound(Shape shape) throws IOException {
        Demonstration.unpackInto(folder.resolve("demo"));
        List<SyntheticNotes.Patient> patients = SyntheticNotes.patients(1, 3 * PATIENTS, SENTENCES);
        for (String role : List.of("training", "later", "elsewhere")) {
            int first = PATIENTS * List.of("training", "later", "elsewhere").indexOf(role);
            shape.write(Files.createDirectories(folder.resolve(role)), patients.subList(first, first + PATIENTS));
        }
        assertDone(mia("prepare", "--training", notes("training", shape), "--nontraining", notes("later", shape), "--output", in("data"),
                "--patients", "all", "--sentences", "all"));
        train("train", "training", "target", shape);
        train("train-control", "elsewhere", "control", shape, "--dataset", in("data"));
        JsonObject leaking = audit("target");
        assertEquals("MEMBERS_CAN_BE_TOLD", leaking.get("conclusion").getAsString());
        assertEquals("VALID", verdict(leaking));
        if (shape == Shape.N2C2) {
            return; // how notes were read does not matter for a target that saw others
        }
        train("train", "elsewhere", "innocent", shape, "--seed", "2");
        JsonObject innocent = audit("innocent");
        assertEquals("NO_DIFFERENCE_DETECTED", innocent.get("conclusion").getAsString());
        assertEquals("VALID", verdict(innocent));
    }

    private static String verdict(JsonObject audit) {
        return audit.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonObject("validity").get("verdict").getAsString();
    }

    private void train(String command, String role, String model, Shape shape, String... more) {
        List<String> line = new ArrayList<>(List.of(command, "--from", in("demo/reference"), "--notes", notes(role, shape), "--output",
                in(model), "--epochs", "12", "--learning-rate", "1e-3", "--tokens-per-step", "512"));
        line.addAll(List.of(more));
        assertDone(mia(line.toArray(String[]::new)));
    }

    private JsonObject audit(String target) throws IOException {
        assertDone(mia("audit", "--target", in(target), "--reference", in("demo/reference"), "--control", in("control"), "--dataset",
                in("data"), "--output", in("audit-of-" + target), "--rule", "maskless", "--permutations", "1000"));
        assertTrue(Files.exists(folder.resolve("audit-of-" + target).resolve("report.html")));
        return JsonParser.parseString(Files.readString(folder.resolve("audit-of-" + target).resolve("audit.json"))).getAsJsonObject();
    }

    private String notes(String role, Shape shape) {
        return "notes=" + in(role) + ",preset=" + shape.preset;
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    private static void assertDone(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.err());
    }
}
