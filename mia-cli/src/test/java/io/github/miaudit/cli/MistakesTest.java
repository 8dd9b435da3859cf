package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What users do wrong is told in one line that names it, and no class of Java; no model is opened for it. */
class MistakesTest {

    private static final Pattern JAVA = Pattern
            .compile("Exception|Error\\b|\\bjava\\.|io[./]github|\\w+\\.\\w+\\$|\\bint\\b|\\blong\\b|picocli");

    /** An exit code and a line; what is in braces is the mistake, which the message must name. */
    private static final String LINES = """
            1 score --model {missing} --input TEXT --output new
            1 score --model {TEXT} --input TEXT --output new
            1 score --model {folder} --input TEXT --output new
            1 score --model MODEL --input {missing} --output new
            1 score --model MODEL --input {folder} --output new
            1 score --model MODEL --input {empty} --output new
            1 score --model MODEL --input {binary} --output new
            1 score --model MODEL --input {broken.jsonl} --output new
            1 score --model MODEL --input TEXT --output {folder}
            1 score --model MODEL --input TEXT --output {taken}
            1 score --model MODEL --input TEXT --output {TEXT/below}
            2 score --model MODEL --input TEXT --output new --token-budget {x}
            2 score --model MODEL --input TEXT --output new --token-budget {-1}
            2 score --model MODEL --input TEXT --output new --length-policy {windw}
            2 score --model MODEL --input TEXT --output new --rule {maskles}
            2 score --model MODEL --input TEXT --output new --mask-seed {1.5}
            2 score --model MODEL --input TEXT --output new --rule partition --fraction {half}
            2 score --model MODEL --input TEXT --output new --precision {float31}
            2 score --model MODEL --input TEXT --output new --device {tpu}
            1 audit --target {missing} --reference MODEL --dataset DATA --output new
            1 audit --target MODEL --reference MODEL --dataset {missing} --output new
            1 audit --target MODEL --reference MODEL --dataset {TEXT} --output new
            1 audit --target MODEL --reference MODEL --dataset {folder} --output new
            1 audit --target MODEL --reference MODEL --dataset DATA --output {taken}
            1 audit --target MODEL --reference MODEL --dataset DATA --output {TEXT/below}
            1 audit --target MODEL --reference MODEL --dataset DATA --output {results}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --policy {missing}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --policy {folder}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --policy {empty}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --strata {missing}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --strata {folder}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --strata {empty}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --about {missing}
            1 audit --target MODEL --reference MODEL --dataset DATA --output new --about {broken.yaml}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --attack {los}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --reduction {men}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --seed {1e3}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --bootstrap {99999999999}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --confidence {high}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --include-text {-1}
            2 audit --target MODEL --reference MODEL --dataset DATA --output new --date {today}
            2 audit --target MODEL --dataset DATA --output new --attack {residual}
            2 audit --target MODEL --dataset DATA --output new --attack loss --list {surname}
            1 compare --target a=MODEL --target b={missing} --reference c=MODEL --dataset DATA --output new
            2 compare --target a=MODEL --target {b} --reference c=MODEL --dataset DATA --output new
            1 compare --target a=MODEL --target b=MODEL --reference c=MODEL --dataset DATA --output {results}
            2 compare --target a=MODEL --target b=MODEL --reference c=MODEL --dataset DATA --output new --margin {wide}
            1 identifiers --target MODEL --reference MODEL --dataset {missing} --format times --output new
            1 identifiers --target MODEL --reference MODEL --dataset DATA --list surname={missing} --output new
            1 identifiers --target MODEL --reference MODEL --dataset DATA --format times --output {results}
            2 identifiers --target MODEL --reference MODEL --dataset DATA --format {tims} --output new
            2 identifiers --target MODEL --reference MODEL --dataset DATA --format times --reading {hole} --output new
            1 audit-scores --scores {missing} --output new
            1 audit-scores --scores {folder} --output new
            1 audit-scores --scores {empty} --output new
            1 audit-scores --scores {binary} --output new
            1 audit-scores --scores {TEXT} --output new
            1 audit-scores --scores LOSSES --output {results}
            1 audit-scores --scores LOSSES --output {TEXT/below}
            2 audit-scores --scores LOSSES --output new --fpr {often}
            2 audit-scores --scores LOSSES --output new --fpr {2}
            2 audit-scores --scores LOSSES --output new --group-score {men}
            1 render --report {missing} --output new
            1 render --report {folder} --output new
            1 render --report {empty} --output new
            1 render --report {TEXT} --output new
            1 render --report {binary} --output new
            1 compare-reports {missing} {missing}
            1 compare-reports {folder} {folder}
            1 compare-reports {TEXT} {TEXT}
            1 dossier --audit folder --facts {missing} --output new
            1 dossier --audit folder --facts {folder} --output new
            1 dossier --audit folder --facts TEXT --output {taken}
            2 dossier --audit folder --facts TEXT --output new --date {monday}
            1 dossier verify {missing}
            1 dossier verify {folder}
            1 dossier verify {TEXT}
            1 dossier verify {empty}
            1 store info {missing}
            1 store info {folder}
            1 store info {TEXT}
            2 store inf {inf}
            1 canaries --from {missing} --output new
            1 canaries --from {folder} --output new
            1 canaries --output {TEXT/below}
            1 canaries --output {TEXT}
            2 canaries --count {many} --output new
            2 canaries --seed {x} --output new
            1 prepare --training {missing} --nontraining LOSSES --output new
            1 prepare --training LOSSES --nontraining LOSSES --output {results}
            1 prepare --training LOSSES --nontraining LOSSES --output {TEXT/below}
            2 prepare --training LOSSES --nontraining LOSSES --output new --patients {few}
            2 prepare --training LOSSES --nontraining LOSSES --output new --on-bad-row {skp}
            2 prepare --training LOSSES --nontraining LOSSES --output new --text-files {line}
            1 prepare --recipe {missing} --output new
            1 prepare --recipe {folder} --output new
            1 prepare --recipe {broken.yaml} --output new
            1 train --from {missing} --input TEXT --output new
            1 train --from {TEXT} --input TEXT --output new
            1 train --from {folder} --input TEXT --output new
            1 train --from MODEL --input {missing} --output new
            1 train --from MODEL --input {folder} --output new
            1 train --from MODEL --input {empty} --output new
            1 train --from MODEL --input TEXT --output {results}
            1 train --from MODEL --input TEXT --output {TEXT/below}
            2 train --from MODEL --input TEXT --output new --steps {-1}
            2 train --from MODEL --input TEXT --output new --epochs {two}
            2 train --from MODEL --input TEXT --output new --learning-rate {fast}
            1 train --from MODEL --input TEXT --output new --held-out {missing}
            1 train-control --from MODEL --dataset {missing} --input TEXT --output new
            1 train-control --from MODEL --dataset DATA --input {missing} --output new
            1 train-shadows --from MODEL --dataset {missing} --output new
            2 train-shadows --from MODEL --dataset DATA --output new --models {three}
            1 check-model {missing}
            1 check-model {TEXT}
            1 check-model {folder}
            1 export-program --model {missing} --input TEXT --output new
            1 export-program --model MODEL --input {missing} --output new
            1 export-program --model MODEL --input TEXT --output {results}
            2 schema {audits}
            2 benchmark --output new --target {leaky}
            2 benchmark --output new --seed {x}
            1 benchmark --output new --attack-file {missing}
            1 benchmark --output {TEXT/below} --quick
            1 benchmark --output new --quick --export {folder/..}
            1 demo --output {TEXT}
            1 demo --output {results}
            1 demo --output new --policy {missing}
            1 train-demo --output {TEXT/below}
            1 train-demo --output {TEXT}
            1 train-demo --output {demo/target/..}
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void files() throws IOException {
        Demonstration.unpackInto(folder.resolve("demo"));
        Files.writeString(folder.resolve("in.txt"), "No chest pain.\n");
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        Files.writeString(folder.resolve("taken"), "a result");
        Files.writeString(folder.resolve("empty"), "");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        Files.writeString(folder.resolve("broken.jsonl"), "{\"id\":");
        Files.writeString(folder.resolve("broken.yaml"), "title: [\n");
        Files.createDirectory(folder.resolve("folder"));
        Files.createDirectory(folder.resolve("results"));
        Files.writeString(folder.resolve("results/report.html"), "a result");
    }

    private static String path(String word) {
        String named = word.replace("MODEL", "demo/target").replace("DATA", "demo/dataset").replace("TEXT", "in.txt").replace("LOSSES",
                "losses.csv");
        return List.of("missing", "folder", "empty", "binary", "broken.jsonl", "broken.yaml", "taken", "results", "new", "demo/target",
                "demo/dataset", "in.txt", "losses.csv", "in.txt/below", "demo/target/..", "folder/..").contains(named)
                        ? folder.resolve(named).toString()
                        : named;
    }

    private static List<String> problems(int exitCode, List<String> names, String... arguments) {
        Outcome outcome = mia(arguments);
        List<String> problems = new ArrayList<>();
        if (outcome.exitCode() != exitCode) {
            problems.add("exit code " + outcome.exitCode());
        }
        if (!outcome.err().startsWith("mia: ") || outcome.err().lines().count() != 1) {
            problems.add("not one line");
        }
        String own = outcome.err().replace(folder.toString(), "");
        if (JAVA.matcher(own).find()) {
            problems.add("Java");
        }
        names.stream().filter(name -> !outcome.err().contains(name)).forEach(name -> problems.add("does not name " + name));
        if (Files.exists(folder.resolve("new"))) {
            problems.add("left something");
        }
        return problems.isEmpty() ? List.of() : List.of(String.join(" ", arguments) + "\n   " + problems + ": " + outcome.err());
    }

    @Test
    void valuesAreNamed() {
        List<String> problems = new ArrayList<>();
        Pattern mistake = Pattern.compile("\\{([^}]*)}");
        for (String line : LINES.lines().toList()) {
            String[] words = line.substring(2).split(" ");
            List<String> arguments = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (String word : words) {
                Matcher found = mistake.matcher(word);
                String plain = found.replaceAll("$1");
                int equals = plain.indexOf('=');
                arguments.add(equals < 0 ? path(plain) : plain.substring(0, equals + 1) + path(plain.substring(equals + 1)));
                found.reset().results().forEach(result -> names.add(path(result.group(1))));
            }
            problems.addAll(problems(line.charAt(0) - '0', names, arguments.toArray(String[]::new)));
        }
        assertEquals("", String.join("\n", problems));
    }

    @Test
    void everyCommandKnowsItsOptions() throws IOException {
        Files.writeString(folder.resolve("unknown.yaml"), "quiet: true\nverbos: true\n");
        Files.writeString(folder.resolve("wrong.yaml"), "\nlog-format: xml\n");
        List<String> problems = new ArrayList<>();
        for (String command : new CommandLine(new Mia()).getSubcommands().keySet()) {
            Map<List<String>, List<String>> mistakes = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
            mistakes.put(List.of("2", "--nonsense-of-mine"), List.of("'--nonsense-of-mine'"));
            mistakes.put(List.of("2", "--verbos"), List.of("'--verbos'", "did you mean --verbose?"));
            mistakes.put(List.of("2", "--qiuet=true"), List.of("'--qiuet'", "did you mean --quiet?"));
            mistakes.put(List.of("2", "--log-format"), List.of("--log-format"));
            mistakes.put(List.of("2", "--log-format", "xml"), List.of("'xml'", "text"));
            mistakes.put(List.of("1", "--config", folder.resolve("missing").toString()), List.of(folder.resolve("missing").toString()));
            mistakes.put(List.of("1", "--config", folder.resolve("folder").toString()), List.of(folder.resolve("folder").toString()));
            mistakes.put(List.of("1", "--config", folder.resolve("empty").toString()), List.of(folder.resolve("empty").toString()));
            mistakes.put(List.of("1", "--config", folder.resolve("binary").toString()), List.of(folder.resolve("binary").toString()));
            mistakes.put(List.of("1", "--config", folder.resolve("broken.yaml").toString()),
                    List.of(folder.resolve("broken.yaml") + ":"));
            mistakes.put(List.of("1", "--config", folder.resolve("unknown.yaml").toString()),
                    List.of(folder.resolve("unknown.yaml") + ":2: key verbos is unknown", "did you mean verbose?"));
            mistakes.put(List.of("2", "--config", folder.resolve("wrong.yaml").toString()),
                    List.of(folder.resolve("wrong.yaml") + ":2: ", "'xml'"));
            mistakes.put(List.of("2", "@" + folder.resolve("missing"), "--quiet"), List.of("@" + folder.resolve("missing")));
            mistakes.forEach((mistake, names) -> {
                Stream<String> line = Stream.concat(Stream.of(command), mistake.stream().skip(1));
                problems.addAll(problems(mistake.get(0).charAt(0) - '0', names, line.toArray(String[]::new)));
            });
        }
        assertEquals("", String.join("\n", problems));
    }

    @Test
    void aMisspeltCommandIsToldTheNearest() {
        assertEquals("mia: 'audt' is no command; did you mean audit? See mia --help\n", mia("audt", "--target", "x").err());
        assertEquals("mia: Missing required options: '--target=DIR', '--output=DIR'; unknown option: '--tarjet'; did you mean --target?"
                + " See mia audit --help\n", mia("audit", "--tarjet", "x", "--dataset", "d").err());
    }
}
