package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.NamedAttack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents speak of is there. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    /** A command of Spark, to the end of its last line. */
    private static final Pattern OF_SPARK = Pattern.compile("spark-submit(?:[^\\n]*\\\\\\n)*[^\\n]*");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z-]*)");
    private static final Pattern TYPE = Pattern.compile("`(?:[a-z]+\\.)*([A-Z]\\w+[a-z]\\w*)(?:[.#(`s])");

    @Test
    void theReadmeIsAPage() throws IOException {
        assertTrue(Files.readAllLines(ROOT.resolve("README.md")).size() <= 100);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                if (!Files.exists(page.resolveSibling(links.group(1)))) {
                    broken.add(page + " → " + links.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyOptionIsOneOfACommand() throws IOException {
        Set<String> options = new HashSet<>(Set.of("--add-modules")); // Java's own
        collect(new CommandLine(new Mia()), options);
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher found = OPTION.matcher(OF_SPARK.matcher(Files.readString(page)).replaceAll(""));
            while (found.find()) {
                if (!options.contains(found.group()) && !page.startsWith(ROOT.resolve("benchmarks"))) {
                    unknown.add(page + ": " + found.group());
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void everyAttackAndRuleHasItsLine() throws IOException {
        String attacks = Files.readString(ROOT.resolve("docs/attacks.md"));
        assertEquals(List.of(), NamedAttack.all().stream().map(NamedAttack::name)
                .filter(name -> !attacks.contains("`" + name + "`") && !name.equals("token-count")).toList()); // a test's own
        String models = Files.readString(ROOT.resolve("docs/models.md"));
        assertEquals(List.of(), MaskingRule.names().stream().filter(name -> !models.contains("`" + name + "`")).toList());
    }

    @Test
    void everyTypeOfTheArchitectureIsThere() throws IOException {
        Set<String> types = new HashSet<>(Set.of("ServiceLoader", "AutoService", "TorchScript"));
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .forEach(name -> types.add(name.replace(".java", "")));
        }
        Matcher found = TYPE.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        List<String> missing = found.results().map(type -> type.group(1)).filter(type -> !types.contains(type)).toList();
        assertEquals(List.of(), missing);
    }

    private static void collect(CommandLine command, Set<String> options) {
        command.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(each -> collect(each, options));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.of(root, docs, Stream.of(ROOT.resolve("benchmarks/README.md"), ROOT.resolve("examples/README.md")))
                    .flatMap(each -> each)
                    .filter(file -> file.toString().endsWith(".md")).sorted().collect(Collectors.toList());
        }
    }
}
