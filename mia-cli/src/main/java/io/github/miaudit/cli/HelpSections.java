package io.github.miaudit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help texts whose options and commands stand under headings. */
final class HelpSections {

    private static final int NAME_WIDTH = 18;

    /** Options of all commands; one whose name stands twice is of the first section that the command has. */
    static final List<Section> OPTIONS = List.of(
            new Section("Models", "--target", "--reference", "--control", "--model", "--models", "--from", "--trust-program",
                    "--length-policy", "--expected"),
            new Section("Data", "--dataset", "--input", "--population", "--from-scores", "--notes", "--recipe", "--scores", "--report",
                    "--audit", "--facts", "--training",
                    "--nontraining", "--external", "--patient-column", "--text-column", "--on-bad-row", "--quote", "--text-files",
                    "--ignore", "--salt-file", "--keep-ids", "--strata", "--count", "--allow-shared-patients", "--held-out"),
            new Section("Choice of sentences", "--patients", "--sentences", "--allow-fewer", "--most-per-patient", "--match",
                    "--keep-shared", "--min-length", "--min-words", "--boilerplate-patients", "--ignore-digits", "--similarity"),
            new Section("Training", "--epochs", "--steps", "--learning-rate", "--warm-up", "--weight-decay", "--tokens-per-step",
                    "--checkpoint-every"),
            new Section("Attacks", "--attack", "--attacks", "--attack-file", "--reduction", "--rule", "--mask-seed", "--fraction",
                    "--draws",
                    "--repetitions", "--steps", "--audits"),
            new Section("Identifiers", "--list", "--format", "--pattern", "--marks", "--stated", "--surrogates", "--matched", "--reading",
                    "--top", "--extract", "--extraction-width", "--extraction-length", "--extraction-budget"),
            new Section("Evaluation", "--fpr", "--confidence", "--bootstrap", "--permutations", "--group-score", "--canary-guesses",
                    "--smallest-count", "--seed", "--prior", "--margin", "--utility", "--utility-name", "--policy"),
            new Section("What the report is about", "--about", "--title", "--organisation", "--purpose", "--author", "--dataset-name",
                    "--date"),
            new Section("Outputs", "--output", "--overwrite", "--include-text", "--without-tokens", "--moments", "--no-probe",
                    "--allow-failed",
                    "--dry-run", "--export", "--sign", "--key"),
            new Section("Speed and memory", "--device", "--precision", "--token-budget", "--store", "--store-secret", "--cache", "--quick"),
            new Section("In general", "--config", "--quiet", "--verbose", "--log-format", "--help", "--version"));

    static final List<Section> COMMANDS = List.of(
            new Section("To begin with", "demo", "doctor", "check-model", "completion"),
            new Section("Data", "prepare", "canaries"),
            new Section("Audits", "audit", "compare", "identifiers", "audit-scores"),
            new Section("Reports", "render", "compare-reports", "dossier", "schema"),
            new Section("Scores", "score", "store", "export-program"),
            new Section("Models", "train", "train-control", "train-shadows"),
            new Section("Benchmark", "benchmark", "train-demo"));

    /** A name that only commands with this section have. */
    private static final Map<String, String> NEEDED = Map.of("Training", "--learning-rate");

    /**
     * What stands under a heading.
     *
     * @param heading without a colon
     * @param names   of options or commands
     */
    record Section(String heading, List<String> names) {

        Section(String heading, String... names) {
            this(heading, List.of(names));
        }

        private boolean isOf(CommandSpec command) {
            return !NEEDED.containsKey(heading) || command.findOption(NEEDED.get(heading)) != null;
        }
    }

    private HelpSections() {
    }

    /** Puts the sections into the help of a command and of those below it. */
    static void install(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::options);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpSections::commands);
        line.getSubcommands().values().forEach(HelpSections::install);
    }

    private static String options(Help help) {
        List<OptionSpec> left = new ArrayList<>(help.commandSpec().options());
        StringBuilder text = new StringBuilder();
        OPTIONS.stream().filter(section -> section.isOf(help.commandSpec())).forEach(section -> {
            List<OptionSpec> here = left.stream().filter(option -> section.names.contains(option.longestName())).toList();
            left.removeAll(here);
            if (!here.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout(here, List.of(), help.colorScheme());
                layout.addOptions(here, help.createDefaultParamLabelRenderer());
                text.append(heading(help, section.heading)).append(layout);
            }
        });
        return text.toString();
    }

    private static String commands(Help help) {
        Map<String, Help> all = help.subcommands();
        if (all.isEmpty()) {
            return "";
        }
        if (help.commandSpec().parent() != null) { // few
            return heading(help, "Commands") + help.commandList();
        }
        StringBuilder text = new StringBuilder();
        COMMANDS.forEach(section -> {
            Help.TextTable table = Help.TextTable.forColumns(help.colorScheme(),
                    new Help.Column(NAME_WIDTH, 2, Help.Column.Overflow.SPAN),
                    new Help.Column(help.commandSpec().usageMessage().width() - NAME_WIDTH, 2, Help.Column.Overflow.WRAP));
            section.names.forEach(name -> table.addRowValues(help.colorScheme().commandText(name),
                    help.colorScheme().text(description(all.get(name).commandSpec()))));
            text.append(heading(help, section.heading)).append(table);
        });
        return text.toString();
    }

    /** The first sentence. */
    private static String description(CommandSpec command) {
        String whole = String.join(" ", command.usageMessage().description());
        return whole.replaceFirst("(?<=[.;:]) .*", "").replaceFirst("[;:]$", ".");
    }

    private static String heading(Help help, String heading) {
        return help.createHeading("%n@|bold " + heading + "|@:%n");
    }
}
