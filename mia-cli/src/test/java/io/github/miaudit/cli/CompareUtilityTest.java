package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.ComparisonReport;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.report.VersionUtility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How useful each version is, beside what it leaks: as stated, and by the scores. */
class CompareUtilityTest {

    @TempDir
    private Path folder;

    /** Before any model is read: there is none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--utility after=good | --utility after=good has the value \"good\"; it must be a finite number, such as 0.81",
            "--utility after=0,81 | --utility after=0,81 has the value \"0,81\"; it must be a finite number",
            "--utility after=NaN | --utility after=NaN has the value \"NaN\"; it must be a finite number",
            "--utility after=1e999 | --utility after=1e999 has the value \"1e999\"; it must be a finite number",
            "--utility after= | --utility after= has the value \"\"; it must be a finite number",
            "--utility after | --utility is \"after\"; it must be NAME=VALUE with the name of a --target, such as before=0.81",
            "--utility before=1 --utility other=2 | a utility is stated of other, which is no target; targets are before, after",
            "--utility before=1 --utility after=2 --utility after=3 | --utility after=3 states a second value of after; leave one out",
            "--utility after=2 | no utility is stated of before, but of after; state it of all targets or of none",
            "--utility-name F1 | --utility-name is \"F1\", but nothing is stated; add --utility NAME=VALUE of each target",
            "--utility before=1 --utility after=2 --utility-name the-F1-of-the-best-of-all-heads-of-all-models | the utility's name"
                    + " is \"the"})
    void whatIsNoUtilityIsRefused(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("compare", "--target", "before=" + in("a"), "--target", "after=" + in("b"),
                "--reference", "base=" + in("c"), "--dataset", in("data"), "--output", in("out")));
        arguments.addAll(List.of(options.split(" ")));
        Outcome outcome = mia(arguments.toArray(String[]::new));
        assertEquals(2, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void whatIsStatedStandsBesideWhatTheScoresHold() throws IOException {
        Path demo = folder.resolve("demo");
        Demonstration.unpackInto(Files.createDirectory(demo));
        Path other = Shell.trainedFurther(demo.resolve("reference"), folder.resolve("other"));
        Files.createDirectory(folder.resolve("data"));
        write("members.jsonl", "m", 12);
        write("non_members.jsonl", "n", 12);
        Outcome outcome = mia("compare", "--target", "before=" + demo.resolve("target"), "--target", "after=" + other, "--reference",
                "base=" + demo.resolve("reference"), "--dataset", in("data"), "--permutations", "0", "--utility", "after=0.81", "--utility",
                "before=0.86", "--utility-name", "F1", "--output", in("out"));
        assertEquals(0, outcome.exitCode(), outcome.err());

        ComparisonReport report = ComparisonReport.read(folder.resolve("out/comparison.json"));
        assertEquals(Optional.of("F1"), report.document().utilityName());
        List<VersionUtility> utilities = report.document().utilities();
        assertEquals(List.of("before", "after"), utilities.stream().map(VersionUtility::target).toList());
        assertEquals(List.of(0.86, 0.81), utilities.stream().map(each -> each.stated().orElseThrow()).toList());
        assertTrue(utilities.stream().allMatch(each -> each.heldOutLoss().orElseThrow() > 0), utilities.toString());
        assertTrue(utilities.get(1).interval().orElseThrow().contains(utilities.get(1).difference().orElseThrow()), utilities.toString());
        assertTrue(outcome.out().contains("; F1 0.81; loss "), outcome.out());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("F1, as stated"));
    }

    private void write(String name, String prefix, int patients) throws IOException {
        Files.writeString(folder.resolve("data").resolve(name), IntStream.range(0, patients)
                .mapToObj(row -> "{\"group\":\"" + prefix + row + "\",\"text\":\"Note " + prefix + " " + row * 37 % 101
                        + " of the ward.\"}\n")
                .collect(Collectors.joining()), StandardCharsets.UTF_8);
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }
}
