package io.github.miaudit.report;

import com.google.gson.JsonParser;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Excerpt;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.exposure.Preference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit may tell: {@code audit.json}, member by member, and nothing that it does not hold. What is {@code null} there is
 * empty here. Contains ids of sentences that were left out and digests of patients; a text only if the audit was asked for
 * excerpts.
 *
 * @param schemaVersion       {@value #SCHEMA_VERSION}
 * @param subject             what the report is about, as its makers say
 * @param conclusion          the answer to the question of the audit: that of the comparison with the non-members, unless that tells no
 *                            members and identifiers are remembered, or patients of a stratum are told, or members of a stratum are told
 * @param comparisons         the members against the non-members, and against the externals if there are any
 * @param identifiers         whether the target prefers true ones; empty if that was not asked
 * @param strata              whether some patients are told more easily than all on average; empty if that was not asked
 * @param targetChecks        whether the target is a working model, whose scores could show memory
 * @param histograms          how the scores are spread, one an attack
 * @param likelihoods         what target and first reference say of each sentence; empty without a reference, or where the two were
 *                            not scored by a common rule
 * @param mostExposedPatients the patients whom the first attack tells most plainly; none where patients are not known on both sides,
 *                            or are too few to be told
 * @param excerpts            what leaks, in words; none unless asked for
 * @param models              how each model read the data, the target first; none if the scores were computed elsewhere
 * @param warnings            what makes the figures doubtful, a sentence each
 * @param excluded            sentences that no attack looked at
 * @param datasheet           how the dataset was prepared; empty if it has no data sheet
 * @param settings            how the attacks were evaluated
 * @param provenance          models, data, rules and versions
 */
public record AuditDocument(int schemaVersion, Subject subject, Conclusion conclusion, List<Comparison> comparisons,
        Optional<IdentifierDocument> identifiers, Optional<StrataFigures> strata, List<TargetCheck> targetChecks,
        List<Histogram> histograms,
        Optional<Likelihoods> likelihoods, List<ExposedPatient> mostExposedPatients, List<Excerpt> excerpts, List<ModelReading> models,
        List<String> warnings, List<Exclusion> excluded, Optional<Datasheet> datasheet, Settings settings, Provenance provenance)
        implements AuditedDocument {

    /** Changes whenever members are added, removed or mean something else. */
    public static final int SCHEMA_VERSION = 8;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the version is another, the first comparison is not that with the non-members, the conclusion
     *                                  does not follow from that comparison's and the identifiers, or a histogram is of others than were
     *                                  compared
     */
    public AuditDocument {
        comparisons = List.copyOf(comparisons);
        targetChecks = List.copyOf(targetChecks);
        histograms = List.copyOf(histograms);
        mostExposedPatients = List.copyOf(mostExposedPatients);
        excerpts = List.copyOf(excerpts);
        models = List.copyOf(models);
        warnings = List.copyOf(warnings);
        excluded = List.copyOf(excluded);
        if (schemaVersion != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion is " + schemaVersion + "; it must be " + SCHEMA_VERSION);
        }
        if (comparisons.isEmpty()) {
            throw new IllegalArgumentException("there are no comparisons; at least one is needed");
        }
        if (comparisons.get(0).nonMembers() != Population.NON_MEMBERS) {
            throw new IllegalArgumentException("the first comparison is with " + comparisons.get(0).nonMembers().words()
                    + "; it must be that with " + Population.NON_MEMBERS.label());
        }
        comparisons.stream().map(Comparison::conclusion)
                .filter(each -> each == Conclusion.IDENTIFIERS_ARE_REMEMBERED || each == Conclusion.A_STRATUM_CAN_BE_TOLD).findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException("a comparison's conclusion is " + other + ", which no comparison can answer");
                });
        Conclusion following = conclusion(comparisons.get(0), identifiers, strata);
        if (following != conclusion) {
            throw new IllegalArgumentException(
                    "conclusion is " + conclusion + ", but that of the first comparison, the identifiers and the strata is "
                            + following + "; they must be one");
        }
        Set<Population> compared = comparisons.stream().flatMap(each -> Stream.of(each.members(), each.nonMembers()))
                .collect(Collectors.toSet());
        if (!histograms.stream().allMatch(histogram -> compared.containsAll(histogram.counts().keySet()))) {
            throw new IllegalArgumentException("histograms hold others than the compared, " + compared);
        }
    }

    /** Tells of results what may be told. */
    public static AuditDocument of(AuditResults results) {
        Disclosure disclosure = Disclosure.of(results.evaluation());
        List<Comparison> comparisons = results.comparisons().stream().map(comparison -> Comparison.of(comparison, disclosure)).toList();
        Optional<StrataFigures> strata = StrataFigures.of(results, disclosure);
        return new AuditDocument(SCHEMA_VERSION, Subject.UNNAMED, conclusion(comparisons.get(0), Optional.empty(), strata), comparisons,
                Optional.empty(), strata,
                results.targetChecks(),
                results.comparisons().get(0).scores().stream().map(scores -> Histogram.of(scores, disclosure)).toList(),
                results.likelihoods().map(likelihoods -> Likelihoods.of(likelihoods, disclosure)), ExposedPatient.of(results, disclosure),
                results.excerpts(), ModelReading.of(results.models()), results.warnings(), results.exclusions(),
                results.datasheet().map(sheet -> Datasheet.of(sheet, disclosure)), Settings.of(results.evaluation()),
                Provenance.of(results, disclosure));
    }

    /**
     * The document with what is told of identifiers.
     *
     * @param found by the same target, of the same members
     */
    public AuditDocument withIdentifiers(IdentifierDocument found) {
        Optional<IdentifierDocument> told = Optional.of(found);
        return new AuditDocument(schemaVersion, subject, conclusion(main(), told, strata), comparisons, told, strata, targetChecks,
                histograms, likelihoods,
                mostExposedPatients, excerpts, models, warnings, excluded, datasheet, settings, provenance);
    }

    /** The document with what it is about. */
    public AuditDocument withSubject(Subject other) {
        return new AuditDocument(schemaVersion, other, conclusion, comparisons, identifiers, strata, targetChecks, histograms, likelihoods,
                mostExposedPatients, excerpts, models, warnings, excluded, datasheet, settings, provenance);
    }

    /** The document with the options of the command that made it; see {@link Provenance}. */
    public AuditDocument withOptions(Map<String, List<String>> options) {
        return new AuditDocument(schemaVersion, subject, conclusion, comparisons, identifiers, strata, targetChecks, histograms,
                likelihoods, mostExposedPatients, excerpts, models, warnings, excluded, datasheet, settings,
                provenance.withOptions(options));
    }

    /** What is remembered in names, or of some patients, is not made up for by all sentences that tell nothing. */
    private static Conclusion conclusion(Comparison main, Optional<IdentifierDocument> identifiers, Optional<StrataFigures> strata) {
        if (main.conclusion() == Conclusion.MEMBERS_CAN_BE_TOLD || main.conclusion() == Conclusion.TOLD_THE_OTHER_WAY) {
            return main.conclusion();
        }
        return identifiers.filter(found -> found.preference() == Preference.PREFERRED).isPresent() ? Conclusion.IDENTIFIERS_ARE_REMEMBERED
                : strata.filter(found -> found.verdict() == StrataFigures.Verdict.FOUND).isPresent() ? Conclusion.A_STRATUM_CAN_BE_TOLD
                        : main.conclusion();
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param file the file
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, is of another schema version, or is no such document
     */
    public static AuditDocument read(Path file) {
        return DocumentJson.read(file, AuditDocument.class, SCHEMA_VERSION);
    }

    /**
     * The same of a text that stands elsewhere, such as in an archive.
     *
     * @param file what errors name
     * @param text the whole document
     * @throws io.github.miaudit.io.InvalidFileException likewise
     */
    public static AuditDocument parse(Path file, String text) {
        return DocumentJson.parse(file, text, AuditDocument.class, SCHEMA_VERSION);
    }

    @Override
    public String toText() {
        return AuditText.of(this);
    }

    /** JSON Schema (draft 2020-12) of the document, {@code urn:miaudit:audit:8}. */
    public static String jsonSchema() {
        return DocumentJson.schemaWith("audit.schema.json", "identifiers",
                JsonParser.parseString(IdentifierDocument.jsonSchema()).getAsJsonObject());
    }

    /**
     * The document with each text made something else of, for renderers that trust no name.
     *
     * @param mapping of each text, the names of a data sheet's settings and counts too
     */
    public AuditDocument mapTexts(UnaryOperator<String> mapping) {
        return DocumentJson.mapTexts(this, AuditDocument.class, mapping);
    }

    /** Itself. */
    @Override
    public List<AuditDocument> audits() {
        return List.of(this);
    }

    /** The checks that the target fails. */
    public List<TargetCheck> failedTargetChecks() {
        return targetChecks.stream().filter(check -> check.outcome() == TargetCheck.Outcome.FAILED).toList();
    }

    /** The comparison that the audit's question is about: that with the non-members. */
    public Comparison main() {
        return comparisons.get(0);
    }
}
