package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.HeldOutLoss;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.TargetComparison;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PairedDifference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a comparison of several targets may tell: {@code comparison.json}, member by member.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}
 * @param subject       what the report is about, as its makers say; the cells say nothing of it
 * @param targets       their names, the baseline first
 * @param references    their names
 * @param verdicts      what is said of each other target beside the baseline, in order; it follows from the rest
 * @param differences   each other target beside the baseline, attack by attack; by patient first where that may be told
 * @param utilityName   what the stated utilities measure; empty if none is stated
 * @param utilities     how useful each target is, in order; nothing is decided by it
 * @param cells         reference after reference, each with all targets in order; all on the same sentences
 */
public record ComparisonDocument(int schemaVersion, Subject subject, List<String> targets, List<String> references,
        List<TargetVerdict> verdicts,
        List<Difference> differences, Optional<String> utilityName, List<VersionUtility> utilities, List<Cell> cells)
        implements AuditedDocument {

    /** Changes whenever members are added, removed or mean something else. */
    public static final int SCHEMA_VERSION = 11;

    /**
     * One attack on one target and on the baseline, paired: the same patients, or sentences. The AUCs are those of the cells, rounded as
     * {@link Attack} says, and the difference by its own interval, so it need not be that of the two rounded AUCs. Where counts are hidden
     * it is told no more exactly than either AUC; its standard error, upwards, in steps half as wide, as with the p-value it tells the
     * difference.
     *
     * @param target             the target's name
     * @param reference          the reference that the attack used, if any
     * @param attack             the attack's name
     * @param nonMembers         the population that plays the non-members
     * @param ranked             what the AUCs rank
     * @param baselineAuc        the baseline's AUC
     * @param auc                the target's AUC
     * @param difference         the target's minus the baseline's; below 0, the target leaks less
     * @param interval           of it, not corrected for the number of differences
     * @param standardError      of it
     * @param pValue             of the hypothesis that there is none, two-sided
     * @param adjustedPValue     corrected for the number of all differences with the same non-members, of patients and of sentences, told
     *                           or not (Holm 1979)
     * @param detected           whether that is at most 1 - level
     * @param same               whether the two order all members and all others alike
     * @param withinMargin       whether the two differ by less than the stated margin, by two one-sided tests; empty without one
     * @param smallestDetectable the smallest true difference that would have been found in 80 % of cases; empty with fewer than 20
     *                           patients, or if nothing was seen to vary
     */
    public record Difference(String target, Optional<String> reference, String attack, Population nonMembers, Ranked ranked,
            double baselineAuc, double auc, double difference, Interval interval, double standardError, double pValue,
            double adjustedPValue, boolean detected, boolean same, Optional<Boolean> withinMargin, Optional<Double> smallestDetectable) {

        /** Of cells that tell the AUCs; empty where they do not, of few patients. */
        static Optional<Difference> of(TargetComparison.Difference found, String baseline, List<Cell> cells, ComparisonResult of,
                Disclosure disclosure) {
            PairedDifference exact = found.difference();
            Disclosure.OfDifference told = disclosure.ofDifference(of, found);
            return told(found, baseline, cells).flatMap(baselineAuc -> told(found, found.target(), cells).map(auc -> new Difference(
                    found.target(), found.reference(), found.attack(), found.nonMembers(), found.ranked(), baselineAuc, auc,
                    told.difference(), told.interval(), told.standardError(), told.pValue(exact.pValue()),
                    told.pValue(found.adjustedPValue()), found.isDetected(), exact.same(), found.isWithinMargin(),
                    found.smallestDetectable().stream().map(told::smallestDetectable).boxed().findFirst())));
        }

        private static Optional<Double> told(TargetComparison.Difference found, String target, List<Cell> cells) {
            Attack told = cells.stream()
                    .filter(cell -> cell.target().equals(target) && found.reference().map(cell.reference()::equals).orElse(true))
                    .flatMap(cell -> cell.audit().comparisons().stream())
                    .filter(comparison -> comparison.nonMembers() == found.nonMembers())
                    .flatMap(comparison -> comparison.attacks().stream()).filter(attack -> attack.name().equals(found.attack())).findFirst()
                    .orElseThrow();
            return found.ranked() == Ranked.SENTENCES ? Optional.of(told.auc()) : told.byPatient().map(ByPatient::auc);
        }
    }

    /**
     * One target against one reference.
     *
     * @param target    the target's name
     * @param reference the reference's name
     * @param audit     their audit
     */
    public record Cell(String target, String reference, AuditDocument audit) {
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the version is another, a cell is missing, not all compare by the same attacks with the same
     *                                  populations, or are of the same data, sentences left out and settings, the verdicts do not follow
     *                                  from the differences and the cells, or utilities are not of all targets in order, stated of all of
     *                                  them with a name or of none
     */
    public ComparisonDocument {
        targets = List.copyOf(targets);
        references = List.copyOf(references);
        verdicts = List.copyOf(verdicts);
        differences = List.copyOf(differences);
        utilities = List.copyOf(utilities);
        cells = List.copyOf(cells);
        if (schemaVersion != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion is " + schemaVersion + "; it must be " + SCHEMA_VERSION);
        }
        if (targets.size() < 2 || references.isEmpty() || cells.size() != targets.size() * references.size()) {
            throw new IllegalArgumentException(targets.size() + " targets and " + references.size() + " references with " + cells.size()
                    + " cells; at least 2 and 1 are needed, and a cell for each pair");
        }
        requireEachPair(targets, references, cells);
        if (cells.stream()
                .map(cell -> cell.audit().comparisons().stream()
                        .map(each -> Map.entry(each.nonMembers(), each.attacks().stream().map(Attack::name).toList())).toList())
                .distinct().count() > 1) {
            throw new IllegalArgumentException("cells must compare by the same attacks with the same populations");
        }
        requireSameSentences(cells);
        List<TargetVerdict> following = verdicts(targets, differences, cells);
        if (!following.equals(verdicts)) {
            throw new IllegalArgumentException("verdicts are " + verdicts + ", but from differences and cells follow " + following);
        }
        requireUtilities(targets, utilityName, utilities);
    }

    private static void requireSameSentences(List<Cell> cells) {
        if (cells.stream().map(Cell::audit)
                .map(audit -> List.of(audit.provenance().dataDigest(), audit.provenance().lineage(), audit.excluded(), audit.settings()))
                .distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "cells must be of the same data with the same sentences left out, evaluated in the same way");
        }
    }

    private static void requireUtilities(List<String> targets, Optional<String> name, List<VersionUtility> utilities) {
        utilities.stream().limit(1).filter(baseline -> baseline.difference().isPresent()).forEach(baseline -> {
            throw new IllegalArgumentException("utilities has a difference of " + baseline.target() + " to itself");
        });
        name.ifPresent(StatedUtilities::requireName);
        if (!utilities.stream().map(VersionUtility::target).toList().equals(targets)
                || !utilities.stream().allMatch(each -> each.stated().isPresent() == name.isPresent())) {
            throw new IllegalArgumentException("utilities are of " + utilities.stream().map(VersionUtility::target).toList() + ", called "
                    + name.orElse("nothing") + "; one is needed of each of " + targets + ", stated of all with a name or of none without");
        }
    }

    private static List<TargetVerdict> verdicts(List<String> targets, List<Difference> differences, List<Cell> cells) {
        return targets.stream().skip(1)
                .map(target -> new TargetVerdict(target, VersionVerdict.of(target, targets.get(0), differences, cells))).toList();
    }

    private static void requireEachPair(List<String> targets, List<String> references, List<Cell> cells) {
        Set<List<String>> pairs = cells.stream().map(cell -> List.of(cell.target(), cell.reference())).collect(Collectors.toSet());
        if (!targets.stream().allMatch(target -> references.stream().allMatch(reference -> pairs.contains(List.of(target, reference))))) {
            throw new IllegalArgumentException(
                    "cells are of " + pairs + "; each of " + targets + " against each of " + references + " is needed");
        }
    }

    /**
     * Tells of a comparison what may be told.
     *
     * @param targets    their names, the baseline first
     * @param references their names
     * @param comparison each other target beside the baseline
     * @param losses     of each target, in order
     * @param cells      an audit for each pair
     * @param audited    what any of them found, all being of the same sentences
     */
    public static ComparisonDocument of(List<String> targets, List<String> references, TargetComparison comparison,
            List<HeldOutLoss> losses, List<Cell> cells, AuditResults audited) {
        Disclosure disclosure = Disclosure.of(audited.evaluation());
        Map<Population, ComparisonResult> results = audited.comparisons().stream()
                .collect(Collectors.toMap(ComparisonResult::nonMembers, Function.identity()));
        List<Difference> differences = comparison.differences().stream()
                .flatMap(difference -> Difference
                        .of(difference, comparison.baseline(), cells, Objects.requireNonNull(results.get(difference.nonMembers())),
                                disclosure)
                        .stream())
                .toList();
        return new ComparisonDocument(SCHEMA_VERSION, Subject.UNNAMED, targets, references, verdicts(targets, differences, cells),
                differences, Optional.empty(), losses.stream().map(loss -> VersionUtility.of(loss, disclosure)).toList(), cells);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param file the file
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, is of another schema version, or is no such document
     */
    public static ComparisonDocument read(Path file) {
        return DocumentJson.read(file, ComparisonDocument.class, SCHEMA_VERSION);
    }

    /** The document with what it is about. */
    public ComparisonDocument withSubject(Subject other) {
        return new ComparisonDocument(schemaVersion, other, targets, references, verdicts, differences, utilityName, utilities, cells);
    }

    /** The document with the options of the command that made it, in the provenance of each cell. */
    public ComparisonDocument withOptions(Map<String, List<String>> options) {
        return new ComparisonDocument(schemaVersion, subject, targets, references, verdicts, differences, utilityName, utilities,
                cells.stream().map(cell -> new Cell(cell.target(), cell.reference(), cell.audit().withOptions(options))).toList());
    }

    /**
     * The document with how useful each target is said to be, in the place of what was said before.
     *
     * @throws IllegalArgumentException if that is not said of all targets, or of another
     */
    public ComparisonDocument withUtilities(StatedUtilities stated) {
        stated.requireOf(targets);
        return new ComparisonDocument(schemaVersion, subject, targets, references, verdicts, differences, Optional.of(stated.name()),
                utilities.stream().map(each -> each.withStated(Objects.requireNonNull(stated.values().get(each.target())))).toList(),
                cells);
    }

    /** Those of the cells. */
    @Override
    public List<AuditDocument> audits() {
        return cells.stream().map(Cell::audit).toList();
    }

    @Override
    public String toText() {
        return ComparisonText.of(this);
    }

    /**
     * Of the two versions that a difference compares, the names of those that do not work as a language model
     * ({@link AuditDocument#failedTargetChecks}): then it tells nothing.
     */
    public List<String> notWorking(Difference difference) {
        return cells.stream().filter(cell -> !cell.audit().failedTargetChecks().isEmpty()).map(Cell::target).distinct()
                .filter(target -> target.equals(baseline()) || target.equals(difference.target())).toList();
    }

    /** What is said of a target by one difference alone. */
    public VersionVerdict verdict(Difference difference) {
        return VersionVerdict.of(difference, baseline(), differences, cells);
    }

    /** How useful a target is. */
    VersionUtility utility(String target) {
        return utilities.stream().filter(each -> each.target().equals(target)).findFirst().orElseThrow();
    }

    /** The differences that a target's verdict rests on: those with the non-members that answer anything. */
    public List<Difference> counted(String target) {
        return differences.stream().filter(difference -> difference.target().equals(target)
                && difference.nonMembers() == Population.NON_MEMBERS && verdict(difference).isAnswer()).toList();
    }

    /** A target's verdict in words with figures, and where patients may be told how many of them an attacker would find. */
    public String explanation(TargetVerdict verdict) {
        return new ComparisonWords(this).explanation(verdict);
    }

    /** What a difference asks, such as "likelihood-ratio with base against non-members". */
    public String question(Difference difference) {
        return new ComparisonWords(this).question(difference);
    }

    /** What one difference says, in words that need no other. */
    public String finding(Difference difference) {
        return new ComparisonWords(this).finding(difference);
    }

    /** JSON Schema (draft 2020-12) of the document, {@code urn:miaudit:comparison:11}. */
    public static String jsonSchema() {
        return DocumentJson.schema("comparison.schema.json");
    }

    /**
     * The document with each text made something else of, for renderers that trust no name.
     *
     * @param mapping of each text
     */
    public ComparisonDocument mapTexts(UnaryOperator<String> mapping) {
        return DocumentJson.mapTexts(this, ComparisonDocument.class, mapping);
    }

    /** The target that the others are compared with, the first. */
    public String baseline() {
        return targets.get(0);
    }
}
