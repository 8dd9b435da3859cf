package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.djl.TrainingProgress;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What users of other commands expect of this one: help with headings, completion, files of options, lines of progress. */
class ConventionsTest {

    private static final ModelIdentity MODEL = new ModelIdentity("target", "digest", "tokens", 9, Casing.CASED, "float32",
            LengthPolicy.WINDOW, "none");

    @TempDir
    private Path folder;

    @BeforeEach
    void losses() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
    }

    @Test
    void everyOptionAndCommandStandsUnderAHeading() {
        CommandLine root = new CommandLine(new Mia());
        Set<String> names = new HashSet<>();
        commands(root).forEach(command -> {
            command.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
            List<String> words = List.of((command.getCommandSpec().qualifiedName() + " --help").split(" "));
            List<String> found = underHeadings(mia(words.subList(1, words.size()).toArray(String[]::new)).out());
            assertEquals(command.getCommandSpec().options().stream().map(OptionSpec::longestName).sorted().toList(), found);
        });
        Set<String> sections = new HashSet<>();
        HelpSections.OPTIONS.forEach(section -> sections.addAll(section.names()));
        assertEquals(names, sections);
        List<String> grouped = HelpSections.COMMANDS.stream().flatMap(section -> section.names().stream()).sorted().toList();
        assertEquals(root.getSubcommands().keySet().stream().sorted().toList(), grouped);
        String audit = mia("audit", "--help").out();
        assertFalse(audit.contains("\u001b"), "colours are for terminals");
        assertTrue(audit.indexOf("\nModels:") < audit.indexOf("--reference=DIR   The folder"), audit);
        assertTrue(audit.indexOf("\nAttacks:") < audit.indexOf("--steps=N   "), audit);
    }

    /** A command that is made alone is the one that stands among all. */
    @Test
    void onlyTheCommandThatIsCalledIsMade() {
        new CommandLine(new Mia()).getSubcommands().forEach((name, command) -> {
            CommandSpec alone = Mia.called(name, "--output", "report");
            assertEquals(command.getUsageMessage(), alone.subcommands().get(name).getUsageMessage());
            assertEquals(name.equals("completion"), alone.subcommands().size() > 1, name);
        });
        assertEquals(Set.of(), Mia.called("--version").subcommands().keySet());
        assertEquals(mia("--version").out(), mia("--version", "demo").out());
        for (String[] others : List.of(new String[0], new String[] {"--help"}, new String[] {"demos"}, new String[] {"-V", "demo"})) {
            assertEquals(HelpSections.COMMANDS.stream().mapToInt(section -> section.names().size()).sum(),
                    Mia.called(others).subcommands().size());
        }
    }

    /** The options that a help text explains under the heading that is theirs. */
    private static List<String> underHeadings(String help) {
        List<String> found = new ArrayList<>();
        List<String> here = List.of();
        for (String line : help.lines().toList()) {
            here = HelpSections.OPTIONS.stream().filter(section -> line.equals(section.heading() + ":")).map(HelpSections.Section::names)
                    .findFirst().orElse(here);
            if (line.matches(" {2,6}-.*")) {
                here.stream().filter(name -> line.matches(" +(-\\w, )?(--[\\w-]+, )*" + name + "([ =\\[].*|$)")).findFirst()
                        .ifPresent(found::add);
            }
        }
        return found.stream().sorted().toList();
    }

    private static Stream<CommandLine> commands(CommandLine line) {
        return Stream.concat(Stream.of(line), line.getSubcommands().values().stream().flatMap(ConventionsTest::commands));
    }

    @Test
    void bashCompletes() throws Exception {
        Outcome outcome = mia("completion");
        assertEquals(0, outcome.exitCode(), outcome.err());
        Path script = Files.writeString(folder.resolve("completion"), outcome.out());
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not there, so its completion is not tried");
        assertEquals("", bash("bash -n completion"));
        String completing = "source " + script + "; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=\"${COMP_WORDS[*]}\";"
                + " COMP_POINT=${#COMP_LINE}; _complete_mia; printf '%s\\n' \"${COMPREPLY[@]}\"";
        assertEquals(Set.of("audit", "audit-scores"), Set.copyOf(bash("COMP_WORDS=(mia aud); " + completing).lines().toList()));
        assertTrue(bash("COMP_WORDS=(mia audit --tar); " + completing).lines().toList().contains("--target"));
        assertTrue(bash("COMP_WORDS=(mia score --over); " + completing).lines().toList().contains("--overwrite"));
    }

    private String bash(String script) throws Exception {
        Process process = new ProcessBuilder("/bin/bash", "-c", script).directory(folder.toFile()).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void valuesThatAreToldAreNumbersAndChoices() {
        CommandLine audit = new CommandLine(new Mia());
        Conversions.register(audit);
        assertEquals(Map.of("attacks", List.of("residual", "loss"), "dataset", List.of(), "device", List.of("cpu"), "fpr",
                List.of("0.1", "0.01"), "include-text", List.of("3"), "list", List.of(), "marks", List.of("true"), "precision",
                List.of("float32"), "rule", List.of("energy(draws=5)"), "target", List.of()).entrySet(),
                GivenOptions.of(audit.parseArgs("audit", "--target", "smith/", "--dataset=smith/", "--output", "o", "--attacks",
                        "residual,loss", "--device", "cpu", "--fpr", "0.1, 0.01", "--include-text=3", "--list", "name=smith.txt", "--marks",
                        "--precision", "float32", "--rule", "energy(draws=5)", "--quiet").subcommand()).entrySet());
    }

    @Test
    void optionsComeFromFilesAndTheCommandLineWins() throws IOException {
        Files.writeString(folder.resolve("mia.yaml"), "scores: " + folder.resolve("losses.csv")
                + "\nattack: [loss]\nconfidence: 0.9\ntitle: Release 3\nallow-shared-patients: true\noverwrite: false\n");
        Files.writeString(folder.resolve("arguments"), "--output\n\"" + folder.resolve("out") + "\"\n# a remark\n--title 'Release 4'\n");
        Outcome outcome = mia("audit-scores", "--config", folder.resolve("mia.yaml").toString(), "@" + folder.resolve("arguments"));
        assertEquals(0, outcome.exitCode(), outcome.err());
        String document = Files.readString(folder.resolve("out/audit.json"));
        assertTrue(document.contains("\"Release 4\"") && !document.contains("Release 3"), document);
        JsonObject read = JsonParser.parseString(document).getAsJsonObject();
        assertEquals(1, read.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks").size());
        assertEquals(0.9, read.getAsJsonObject("settings").get("confidence").getAsDouble());
        assertEquals(
                JsonParser.parseString(
                        "{allow-shared-patients: ['true'], attack: [], confidence: ['0.9'], config: [], scores: [], title: []}"),
                read.getAsJsonObject("provenance").get("options")); // no path, and no words
        Files.writeString(folder.resolve("bad.yaml"), "output: o\n\nconfidence: [0.9, 0.8]\n");
        assertTrue(mia("audit-scores", "--config", folder.resolve("bad.yaml").toString()).err()
                .startsWith("mia: " + folder.resolve("bad.yaml") + ":3: confidence is a list; it must be one value"));
        Files.writeString(folder.resolve("bad.yaml"), "output: o\nmarks: yes\n");
        assertTrue(mia("audit", "--config", folder.resolve("bad.yaml").toString()).err()
                .startsWith("mia: " + folder.resolve("bad.yaml") + ":2: marks is yes; it must be true or false"));
        Files.writeString(folder.resolve("bad.yaml"), "output: o\ntarget: t\nattack: loss\nrule: maskles\n");
        Outcome rule = mia("audit", "--dataset", "d", "--config", folder.resolve("bad.yaml").toString());
        assertEquals(2, rule.exitCode());
        assertTrue(rule.err().startsWith("mia: " + folder.resolve("bad.yaml") + ":4: ") && rule.err().contains("did you mean maskless?"),
                rule.err());
    }

    @Test
    void aLogIsJsonOnRequest() throws IOException {
        Outcome outcome = mia("audit-scores", "--scores", folder.resolve("none.csv").toString(), "--output",
                folder.resolve("out").toString(), "--log-format", "json", "--verbose");
        List<JsonObject> lines = outcome.err().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
        assertEquals("error", lines.get(0).get("level").getAsString());
        assertEquals(folder.resolve("none.csv") + ": does not exist", lines.get(0).get("message").getAsString());
        assertTrue(lines.size() > 1 && lines.get(1).get("level").getAsString().equals("detail"), outcome.err());
        Files.writeString(folder.resolve("mia.yaml"), "log-format: json\n");
        Outcome configured = mia("audit-scores", "--config", folder.resolve("mia.yaml").toString());
        assertTrue(configured.err().startsWith("{") && configured.err().contains("Missing required options"), configured.err());
        Outcome usage = mia("audit-scores", "--log-format=json");
        assertEquals(2, usage.exitCode());
        assertEquals("error", JsonParser.parseString(usage.err()).getAsJsonObject().get("level").getAsString());
        assertEquals(2, mia("doctor", "--quiet", "--verbose").exitCode());
    }

    /** 13 minutes of silence were too long. */
    @Test
    void withoutATerminalALineAMinuteSaysHowFarItIs() {
        assertEquals(List.of("mia: target: 500 of 6,000 sentences, about 11 min 0 s left",
                "mia: target: 1,000 of 6,000 sentences, about 10 min 0 s left"),
                printed(TerminalProgress.Display.LINES, 130).lines().toList());
        assertEquals("", printed(TerminalProgress.Display.NOTHING, 600));
        assertEquals("", printed(TerminalProgress.Display.LINES, 59));
        AtomicLong now = new AtomicLong();
        TrainingLog log = new TrainingLog(false, now::get);
        String training = errors(() -> steps(log, now));
        assertEquals(List.of("mia: model: 7 of 20 steps, about 2 min 10 s left", "mia: model: 13 of 20 steps, about 1 min 10 s left",
                "mia: model: 19 of 20 steps, about 10.0 s left"), training.lines().toList());
    }

    /** Ten seconds a step. */
    private static void steps(TrainingLog log, AtomicLong now) {
        for (int step = 1; step <= 20; step++) {
            log.stepDone(new TrainingProgress("model", step, 20, 100, 2, 1e-4, 1));
            now.addAndGet(Duration.ofSeconds(10).toNanos());
        }
    }

    /** What is said of work of twelve minutes in its first seconds. */
    private static String printed(TerminalProgress.Display display, int seconds) {
        return errors(() -> {
            AtomicLong now = new AtomicLong();
            try (TerminalProgress progress = new TerminalProgress(display, now::get)) {
                LongConsumer second = at -> {
                    now.set(Duration.ofSeconds(at).toNanos());
                    progress.progressed(new ScoringProgress(MODEL, 6000 * at / 720, 6000,
                            Duration.ofSeconds(at)));
                };
                for (int at = 0; at <= seconds; at++) {
                    second.accept(at);
                }
            }
        });
    }

    private static String errors(Runnable work) {
        PrintStream usual = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(usual);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A reference is asked for only by what needs one, and before any model is opened. */
    @Test
    void onlyAttacksThatNeedAReferenceAskForOne() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        List<String> sets = new ArrayList<>(List.of("members.jsonl", "non_members.jsonl"));
        for (String set : sets) {
            Files.writeString(folder.resolve("data").resolve(set), "\"No pain in " + set + ".\"\n");
        }
        String[] audit = {"audit", "--target", folder.resolve("none").toString(), "--dataset", folder.resolve("data").toString(),
                "--output", folder.resolve("out").toString(), "--attack", "loss"};
        assertTrue(mia(audit).err().startsWith("mia: " + folder.resolve("none") + ": is no folder"));
        audit[audit.length - 1] = "experimental-neighbourhood";
        assertTrue(mia(audit).err().startsWith("mia: Missing required option: '--reference=DIR', whose model finds the words"));
        audit[audit.length - 1] = "loss,residual";
        Outcome outcome = mia(audit);
        assertEquals(2, outcome.exitCode());
        assertEquals("mia: Missing required option: '--reference=DIR', which residual needs; without one, choose attacks that need none,"
                + " such as --attack loss; see mia audit --help\n", outcome.err());
    }
}
