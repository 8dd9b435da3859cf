package io.github.miaudit.report;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.exposure.Alikeness;
import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.IdentifierModels;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.NonMemberResult;
import io.github.miaudit.exposure.OccurrenceResult;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.exposure.RankedBy;
import io.github.miaudit.exposure.RankedSet;
import io.github.miaudit.exposure.Ranking;
import io.github.miaudit.exposure.TypeResult;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.TopShare;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an audit of identifiers may tell: {@code identifiers.json}, member by member. It holds no identifier. Types of fewer patients than
 * the smallest count are not named; figures are rounded to two {@link Digits} of their intervals, in favour of who asks the model.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}
 * @param answer        a sentence for those who decide
 * @param preference    what is concluded
 * @param reasons       why there is no verdict of some or of all types
 * @param set           how many identifiers the rankings are of: those of types that a verdict is given of
 * @param rankings      of these, by the target less the reference first; empty if there are too few
 * @param types         in alphabetical order
 * @param occurrences   the same identifiers by how often they stand in the members
 * @param nonMembers    if they were given
 * @param exposed       how many patients the target gives away
 * @param extraction    what models write there themselves, if they were asked
 * @param targetChecks  whether the target is a working model
 * @param remarks       what is not audited, and what limits the figures
 * @param settings      how it was made
 * @param provenance    what it was made of; its rule is the reading
 */
public record IdentifierDocument(int schemaVersion, String answer, Preference preference, List<String> reasons, SetSize set,
        List<RankingFigures> rankings, List<OfType> types, List<Occurring> occurrences, Optional<NonMembers> nonMembers,
        ExposedByIdentifiers exposed, Optional<ExtractionFigures> extraction, List<TargetCheck> targetChecks, List<String> remarks,
        Settings settings, Provenance provenance) implements Document {

    /** Changes whenever members are added, removed or change their meaning. */
    public static final int SCHEMA_VERSION = 3;

    /**
     * How the audit was made.
     *
     * @param surrogates    of an identifier, at most
     * @param atLeast       with fewer it was not audited
     * @param reading       how tokens were read
     * @param top           how many of the most preferred candidates count as the top
     * @param confidence    of intervals
     * @param permutations  draws of each test
     * @param seed          of them
     * @param smallestCount of patients who are told of
     */
    public record Settings(int surrogates, int atLeast, BlankReading reading, int top, double confidence, int permutations, long seed,
            int smallestCount) {
    }

    /**
     * How many identifiers figures are of; none is told of fewer patients than the smallest count.
     *
     * @param mentions    that are audited
     * @param identifiers different ones, each once for a patient; one that several patients share is one
     * @param shared      how many of these are shared
     * @param patients    whose sentences mention any; of nobody known each sentence is one
     */
    public record SetSize(Optional<Long> mentions, Optional<Integer> identifiers, Optional<Integer> shared, Optional<Integer> patients) {

        static SetSize of(RankedSet set, Disclosure disclosure) {
            boolean told = !disclosure.hides(set.units()) && !disclosure.hides(set.patients());
            return new SetSize(told ? Optional.of(set.mentions()) : Optional.empty(),
                    told ? Optional.of(set.identifiers()) : Optional.empty(),
                    told && !disclosure.hides(set.shared()) ? Optional.of(set.shared()) : Optional.empty(),
                    told ? Optional.of(set.patients()) : Optional.empty());
        }
    }

    /**
     * How often the true identifier is among the most preferred, each patient counted once.
     *
     * @param most     how many these are
     * @param told     whether the share is told
     * @param share    the mean over patients of the share of their identifiers
     * @param byChance the same, if no true one were preferred
     * @param interval of the share; where that is not told, one that holds what it would be for any number of few
     */
    public record AmongTop(int most, Told told, Optional<Double> share, double byChance, Interval interval) {

        static AmongTop of(TopShare found, int patients, int units, Disclosure disclosure) {
            Told told = disclosure.hides(patients) ? Told.FEW : disclosure.hides(units - patients) ? Told.ALL_BUT_FEW : Told.EXACTLY;
            Digits digits = Digits.of(Optional.of(found.interval()), units);
            Interval exact = found.interval();
            Interval interval = switch (told) {
                case FEW -> new Interval(0, endOfFew(exact.upper(), units, exact.level(), disclosure), exact.level(), exact.method());
                case ALL_BUT_FEW -> new Interval(1 - endOfFew(1 - exact.lower(), units, exact.level(), disclosure), 1, exact.level(),
                        exact.method());
                default -> within(digits.outward(exact), 1);
            };
            return new AmongTop(found.k(), told, told.isExact() ? Optional.of(Math.min(1, digits.up(found.share()))) : Optional.empty(),
                    found.byChance(), interval);
        }

        /** The same for any number of few. */
        private static double endOfFew(double exact, int units, double level, Disclosure disclosure) {
            double step = (double) disclosure.fewestPatients() / units;
            double ofMost = BinomialInterval.of(Math.min(units, disclosure.smallestCount() - 1), units, level).upper();
            return Math.min(1, exact <= ofMost ? ofMost : Math.ceil(exact / step) * step);
        }
    }

    /**
     * Where the true identifiers stand among their candidates.
     *
     * @param by               whose log-likelihood ranks
     * @param first            those ranked first
     * @param top              those among the most preferred
     * @param exposure         in bits
     * @param exposureByChance the same, if no true one were preferred
     * @param exposureInterval of the exposure
     * @param pValue           of the hypothesis that they are preferred no more than surrogates
     */
    public record RankingFigures(RankedBy by, AmongTop first, AmongTop top, double exposure, double exposureByChance,
            Interval exposureInterval, double pValue) {

        private static RankingFigures of(Ranking ranking, int units, Disclosure disclosure) {
            AmongTop first = AmongTop.of(ranking.first(), ranking.firstUnits(), units, disclosure);
            AmongTop top = AmongTop.of(ranking.top(), ranking.topUnits(), units, disclosure);
            Digits digits = Digits.of(Optional.of(ranking.exposure().interval()), units);
            return new RankingFigures(ranking.by(), first, top, digits.up(ranking.exposure().bits()),
                    ranking.exposure().byChance(), within(digits.outward(ranking.exposure().interval()), Double.POSITIVE_INFINITY),
                    toldPValue(ranking.preference().pValue(), disclosure));
        }
    }

    /**
     * Whether a model that never saw the notes finds true identifiers and surrogates alike.
     *
     * @param by             the reference or the control
     * @param pValue         of the hypothesis that it does
     * @param adjustedPValue corrected for the number of types and models; at most 0.05 refuses the type
     */
    public record AlikeCheck(RankedBy by, double pValue, double adjustedPValue) {

        private static AlikeCheck of(Alikeness check, Disclosure disclosure) {
            return new AlikeCheck(check.by(), toldPValue(check.test().pValue(), disclosure),
                    toldPValue(check.adjustedPValue(), disclosure));
        }
    }

    /**
     * The identifiers of one type.
     *
     * @param type           such as {@code surname}
     * @param set            how many
     * @param preference     what is concluded
     * @param adjustedPValue of the preference, corrected for the number of types with a verdict; null for others
     * @param rankings       as those of all types; empty of too few
     * @param checks         of the reference and the control; empty of too few
     */
    public record OfType(String type, SetSize set, Preference preference, Optional<Double> adjustedPValue, List<RankingFigures> rankings,
            List<AlikeCheck> checks) {

        private static OfType of(TypeResult result, Disclosure disclosure) {
            OptionalDouble adjusted = result.adjustedPValue();
            return new OfType(result.type(), SetSize.of(result.set(), disclosure), result.preference(),
                    adjusted.isPresent() ? Optional.of(toldPValue(adjusted.getAsDouble(), disclosure)) : Optional.empty(),
                    result.rankings().stream().map(ranking -> RankingFigures.of(ranking, result.set().units(), disclosure)).toList(),
                    result.checks().stream().map(check -> AlikeCheck.of(check, disclosure)).toList());
        }
    }

    /**
     * The identifiers that stand in the members so often.
     *
     * @param least   mentions
     * @param most    mentions; null if there is no most
     * @param set     how many
     * @param ranking by the target less the reference; null of too few
     */
    public record Occurring(int least, Optional<Integer> most, SetSize set, Optional<RankingFigures> ranking) {

        private static Occurring of(OccurrenceResult result, Disclosure disclosure) {
            OptionalInt most = result.most();
            return new Occurring(result.least(), most.isPresent() ? Optional.of(most.getAsInt()) : Optional.empty(),
                    SetSize.of(result.set(), disclosure),
                    result.ranking().map(ranking -> RankingFigures.of(ranking, result.set().units(), disclosure)));
        }
    }

    /**
     * The identifiers of sentences that the target was not trained on.
     *
     * @param set      how many
     * @param ranking  by the target less the reference; null of too few
     * @param auc      how often an identifier of a member beats more of its surrogates than one of a non-member; null of too few
     * @param interval of the AUC
     */
    public record NonMembers(SetSize set, Optional<RankingFigures> ranking, Optional<Double> auc, Optional<Interval> interval) {

        private static NonMembers of(NonMemberResult result, Disclosure disclosure) {
            Digits digits = Digits.of(result.interval(), Math.max(1, result.set().units()));
            return new NonMembers(SetSize.of(result.set(), disclosure),
                    result.ranking().map(ranking -> RankingFigures.of(ranking, result.set().units(), disclosure)),
                    result.area().map(area -> Math.min(1, digits.up(area))),
                    result.interval().map(exact -> within(digits.outward(exact), 1)));
        }
    }

    /**
     * How many patients the target gives away by identifiers that nobody shares with them.
     *
     * @param falseDiscoveryRate of these so many may be told by chance (Benjamini and Hochberg 1995)
     * @param told               whether the number is told
     * @param patients           the number
     * @param among              how many patients have such identifiers; null of too few
     * @param surrogatesNeeded   to find a single one who is remembered perfectly; null of too few patients
     */
    public record ExposedByIdentifiers(double falseDiscoveryRate, Told told, Optional<Integer> patients, Optional<Integer> among,
            Optional<Long> surrogatesNeeded) {

        private static ExposedByIdentifiers of(IdentifierResults results, Disclosure disclosure) {
            int among = results.patients().size();
            int exposed = results.exposedPatients();
            Told told = among < disclosure.fewestPatients() ? Told.NOT_AT_ALL
                    : disclosure.hides(exposed) ? Told.FEW : disclosure.hides(among - exposed) ? Told.ALL_BUT_FEW : Told.EXACTLY;
            return new ExposedByIdentifiers(IdentifierResults.ALPHA, told, told.isExact() ? Optional.of(exposed) : Optional.empty(),
                    told == Told.NOT_AT_ALL ? Optional.empty() : Optional.of(among),
                    told == Told.NOT_AT_ALL ? Optional.empty() : Optional.of(IdentifierReasons.surrogatesNeeded(among)));
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the schema version is another
     */
    public IdentifierDocument {
        if (schemaVersion != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion is " + schemaVersion + "; it must be " + SCHEMA_VERSION);
        }
        reasons = List.copyOf(reasons);
        rankings = List.copyOf(rankings);
        types = List.copyOf(types);
        occurrences = List.copyOf(occurrences);
        targetChecks = List.copyOf(targetChecks);
        remarks = List.copyOf(remarks);
    }

    /**
     * What may be told of results.
     *
     * @param results    exact
     * @param extraction exact, if models were asked what they write themselves
     * @param models     that were asked
     * @param settings   how
     * @param dataDigest SHA-256 of the sentences
     */
    public static IdentifierDocument of(IdentifierResults results, Optional<ExtractionResults> extraction, IdentifierModels models,
            Settings settings, String dataDigest) {
        Disclosure disclosure = Disclosure.of(Evaluation.withDefaults().withSmallestCount(settings.smallestCount()));
        List<TypeResult> told = results.types().stream()
                .filter(type -> !disclosure.hides(type.set().units()) && !disclosure.hides(type.set().patients())).toList();
        IdentifierReasons reasons = new IdentifierReasons(results, extraction, told, settings);
        List<RankingFigures> rankings = results.rankings().stream()
                .map(ranking -> RankingFigures.of(ranking, results.set().units(), disclosure)).toList();
        Provenance provenance = new Provenance(dataDigest, Map.of(), Optional.of(Provenance.Model.of(models.target().model())),
                models.control().map(model -> Provenance.Model.of(model.model())),
                models.references().stream().map(model -> Provenance.Model.of(model.model())).toList(),
                List.of(IdentifierText.reading(settings.reading())), Optional.of(settings.seed()), SoftwareVersions.current(), Map.of());
        return new IdentifierDocument(SCHEMA_VERSION, reasons.answer(rankings), results.preference(), reasons.reasons(),
                SetSize.of(results.set(), disclosure), rankings, told.stream().map(type -> OfType.of(type, disclosure)).toList(),
                results.occurrences().stream().map(occurring -> Occurring.of(occurring, disclosure)).toList(),
                results.nonMembers().map(others -> NonMembers.of(others, disclosure)), ExposedByIdentifiers.of(results, disclosure),
                extraction.map(exact -> ExtractionFigures.of(exact, told, disclosure)), results.targetChecks(), reasons.remarks(), settings,
                provenance);
    }

    /** The document with the options of the command that made it; see {@link Provenance}. */
    public IdentifierDocument withOptions(Map<String, List<String>> options) {
        return new IdentifierDocument(schemaVersion, answer, preference, reasons, set, rankings, types, occurrences, nonMembers, exposed,
                extraction, targetChecks, remarks, settings, provenance.withOptions(options));
    }

    /** Whether each type that is told of has a verdict, of a target that was checked to work: else low figures are no good news. */
    public boolean isWhole() {
        return reasons.isEmpty() && !rankings.isEmpty() && !targetChecks.isEmpty() && targetChecks.stream()
                .noneMatch(check -> check.kind().isNeeded() && check.outcome() == TargetCheck.Outcome.NOT_MADE);
    }

    /** What belongs behind the number of exposed patients: that none can be found with so few surrogates; else nothing. */
    public String exposedCaveat() {
        return exposed.surrogatesNeeded().filter(needed -> needed > settings.surrogates()).isEmpty() ? ""
                : ", but " + settings.surrogates() + " surrogates are too few to find a single one";
    }

    @Override
    public String toText() {
        return IdentifierText.of(this);
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12). */
    public static String jsonSchema() {
        return DocumentJson.schemaWith("identifiers.schema.json", "targetCheck",
                DocumentJson.definition("audit.schema.json", "targetCheck"));
    }

    static double toldPValue(double exact, Disclosure disclosure) {
        return disclosure.hidesAny() ? Digits.up(exact, 1) : Digits.upToTwo(exact);
    }

    private static Interval within(Interval interval, double most) {
        return new Interval(Math.max(0, interval.lower()), Math.min(most, interval.upper()), interval.level(), interval.method());
    }
}
