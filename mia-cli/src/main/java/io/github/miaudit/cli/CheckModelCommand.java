package io.github.miaudit.cli;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.ExpectedValues;
import io.github.miaudit.djl.HeadState;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ModelDescription;
import io.github.miaudit.djl.ProgramDescription;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mia check-model}: what a folder holds, and whether it is scored as others score it. */
@Command(name = "check-model",
        description = "Says what a model's folder holds and how its texts become tokens, and scores a few sentences. With --expected it"
                + " compares with values that Hugging Face transformers gave (docs/expected_values.py writes them). Exit code 1 if the"
                + " model can't be scored, its head was never trained, or the values differ.")
final class CheckModelCommand extends MiaCommand {

    /** Shown, so they are nobody's. */
    private static final List<String> SENTENCES = List.of("The patient was admitted with acute chest pain.",
            "No fever, no cough; BP 120/80 mmHg.", "Señora Müller naïvely asked: why?");
    private static final double FLOAT32_TOLERANCE = 1e-4;
    private static final int SHOWN_AT_MOST = 10;

    @Parameters(index = "0", paramLabel = "DIR", description = "A Hugging Face masked-LM folder.")
    private Path model;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OTHER",
            description = "A second folder, such as the reference model's: whether both hold the same network and the same tokenizer.")
    private Path other;

    @Option(names = "--expected", paramLabel = "FILE", description = "Values of another software to compare with.")
    private Path expected;

    @Mixin
    private ProgramOptions programs;

    @Override
    void execute() {
        List<String> problems = new ArrayList<>();
        if (ModelDescription.isExported(model)) {
            if (other != null) {
                throw new AuditException(
                        model + ": is an exported program, which can't be compared with " + other + "; leave the latter out");
            }
            line("kind", "%s", "an exported program; what it computes is its own affair, and --expected tells whether it is right");
            if (programs.areTrusted()) {
                ProgramDescription.of(model).ifPresent(CheckModelCommand::show);
            }
        } else {
            describe(ModelDescription.of(model), problems);
        }
        try (MaskedLmScorer scorer = MaskedLmScorer.open(model, programs.toOptions())) {
            SENTENCES.forEach(sentence -> show(scorer, sentence));
            if (expected != null) {
                ExpectedValues.Agreement agreement = ExpectedValues.read(expected).compare(scorer, FLOAT32_TOLERANCE);
                line("expected", "%d sentences, %d of them differ by more than %s nats; largest difference of equal tokens %.1e",
                        agreement.sentences(), agreement.differences().size(), FLOAT32_TOLERANCE, agreement.largest());
                agreement.differences().stream().limit(SHOWN_AT_MOST).forEach(difference -> line("", "%s", difference));
                if (!agreement.differences().isEmpty()) {
                    problems.add(
                            model + ": " + agreement.differences().size() + " of " + agreement.sentences() + " sentences of " + expected
                                    + " are scored otherwise");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new AuditException(String.join("; ", problems));
        }
    }

    private void describe(ModelDescription found, List<String> problems) {
        show(found);
        if (found.head() == HeadState.FRESH) {
            problems.add(
                    model + ": the masked-language-model head was never trained (its biases are all 0, its normalisation weights all 1),"
                            + " so its scores are noise");
        }
        if (other != null) {
            compare(found, ModelDescription.of(other));
        }
    }

    private static void show(ModelDescription found) {
        line("kind", "%s", found.modelType());
        line("weights", "%d tensors are used; %s", found.tensorsTaken(), found.unscored().isEmpty() ? "none is left"
                : "known to be no part of scoring: " + String.join(", ", found.unscored()));
        found.adapter().ifPresent(adapter -> line("adapter", "%s, merged into %d tensors", adapter, found.adapted()));
        line("head", "%s", switch (found.head()) {
            case TRAINED -> "trained";
            case FRESH -> "never trained";
            case UNKNOWN -> "without biases and normalisation, so that nothing tells whether it was trained";
        });
        line("tokenizer", "%s; %d tokens in the network", found.tokenizer().getFileName(), found.vocabulary());
        line("longest", "%d tokens with special ones; longer sentences are scored in windows", found.maximumLength());
        line("digest", "%s", found.digest());
        line("tokens' digest", "%s", found.tokens());
    }

    private static void show(ProgramDescription program) {
        line("digest", "%s, of %s", program.digest(), program.file().getFileName());
        line("calls", "%d functions of PyTorch: %s", program.operators().size(), String.join(", ", program.operators()));
        System.out.flush(); // it is to be seen before any of them is run
    }

    private void compare(ModelDescription found, ModelDescription second) {
        line("network", "%s as %s", found.digest().equals(second.digest()) ? "the same" : "not the same", other);
        line("tokens", "%s as %s", found.tokens().equals(second.tokens()) ? "the same" : "not the same", other);
    }

    /** A sentence in its tokens, each with its log-likelihood given all others. */
    private static void show(MaskedLmScorer scorer, String sentence) {
        Sample sample = Sample.of("built-in", sentence);
        SequenceScore score = scorer.score(List.of(sample), MaskingRule.original()).get(0);
        List<String> tokens = scorer.tokens(sample).orElseThrow();
        List<String> shown = new ArrayList<>();
        for (int token = 0; token < tokens.size() && token < score.logLikelihoods().length; token++) {
            shown.add(String.format(Locale.ROOT, "%s %.2f", tokens.get(token), score.logLikelihoods()[token]));
        }
        line("scored", "%s", String.join(" | ", shown));
    }

    private static void line(String name, String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, "%-15s", name) + String.format(Locale.ROOT, format, values));
    }
}
