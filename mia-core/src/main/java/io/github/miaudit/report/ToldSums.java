package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.report.ToldSum.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All sums that follow from an audit or a comparison by itself, and that another document's can be subtracted from: sizes of sets and
 * strata, members found at a rate, losses on the non-members, and areas by patient. Rates follow from counts; the difference of two
 * versions' areas is told no more exactly than the areas are, so it gives no sum of its own. Immutable.
 */
final class ToldSums {

    /** Means of losses are told to {@link Digits#HUNDREDTHS}. */
    private static final double GIVE_OF_LOSSES = Digits.HUNDREDTHS.step().doubleValue() / 2;
    private static final int SHOWN_OF_A_DIGEST = 12;

    private final Map<Population, Integer> patients = new EnumMap<>(Population.class);
    private final Map<ToldSum.Of, ToldSum> all = new LinkedHashMap<>();
    private final Map<ToldSum.Of, ToldSum> strata = new LinkedHashMap<>();

    private ToldSums() {
    }

    /**
     * Of a document.
     *
     * @param known how many patients of a set there are, where that is known from elsewhere
     */
    static ToldSums of(AuditedDocument document, Map<Population, Integer> known) {
        ToldSums sums = new ToldSums();
        document.audits().forEach(audit -> audit.comparisons().forEach(comparison -> sums.sizes(comparison)));
        sums.patients.putAll(known);
        document.audits().forEach(audit -> audit.comparisons()
                .forEach(comparison -> comparison.attacks().forEach(attack -> sums.attack(audit, comparison, attack))));
        document.audits().forEach(audit -> audit.strata().ifPresent(figures -> sums.strata(audit, figures)));
        if (document instanceof ComparisonDocument comparison) {
            sums.losses(comparison);
        }
        return sums;
    }

    /** By what they are of. */
    Map<ToldSum.Of, ToldSum> all() {
        return Collections.unmodifiableMap(all);
    }

    /** Those of strata; they are among all. */
    Map<ToldSum.Of, ToldSum> strata() {
        return Collections.unmodifiableMap(strata);
    }

    /** How many patients of a set there are, or sentences where no patient is known; empty if that is neither told nor known. */
    Optional<Integer> patients(Population population) {
        return Optional.ofNullable(patients.get(population));
    }

    private void sizes(Comparison comparison) {
        put(Population.MEMBERS, Unit.SENTENCES, "members in sentences", comparison.memberCount());
        put(comparison.nonMembers(), Unit.SENTENCES, comparison.nonMembers().words() + " in sentences", comparison.nonMemberCount());
        if (comparison.independent() == Comparison.Unit.SENTENCES) {
            patients.put(Population.MEMBERS, comparison.memberCount());
            patients.put(comparison.nonMembers(), comparison.nonMemberCount());
        }
        comparison.attacks().get(0).byPatient().ifPresent(told -> {
            patients.put(Population.MEMBERS, told.memberCount());
            patients.put(comparison.nonMembers(), told.nonMemberCount());
            put(Population.MEMBERS, Unit.PATIENTS, "members in patients", told.memberCount());
            put(comparison.nonMembers(), Unit.PATIENTS, comparison.nonMembers().words() + " in patients", told.nonMemberCount());
        });
    }

    private void put(Population over, Unit unit, String words, int count) {
        all.put(ToldSum.Of.patients(over, unit, words), ToldSum.exactly(count));
    }

    private void attack(AuditDocument audit, Comparison comparison, Attack attack) {
        Population others = comparison.nonMembers();
        String name = InvalidFileException.printable(attack.name()) + " against " + others.words() + ofTarget(audit);
        Ranking sentences = new Ranking(others, Unit.SENTENCES, by(audit, attack.definition()), references(audit), name + " by sentence");
        sentences.points(attack.tprAtFpr());
        attack.byPatient().ifPresent(told -> {
            Ranking patients = new Ranking(others, Unit.PATIENTS, by(audit, attack.definition(), told.definition()), references(audit),
                    name + " by patient");
            patients.points(told.tprAtFpr());
            patients.area(audit.settings(), told);
        });
    }

    /** What decides a target's score, and how an attack makes its own of it. */
    private static List<String> by(AuditDocument audit, String... definitions) {
        List<String> by = new ArrayList<>(List.of(definitions));
        audit.provenance().target()
                .ifPresent(target -> by.addAll(List.of(target.modelDigest(), target.tokenizerDigest(), target.precision())));
        return by;
    }

    private static List<String> references(AuditDocument audit) {
        return audit.provenance().references().stream().map(Provenance.Model::modelDigest).toList();
    }

    private static String ofTarget(AuditDocument audit) {
        return audit.provenance().target().map(target -> {
            String digest = InvalidFileException.printable(target.modelDigest());
            return " of target " + digest.substring(0, Math.min(SHOWN_OF_A_DIGEST, digest.length()));
        }).orElse("");
    }

    /** Members and others in the order of an attack's scores. */
    private final class Ranking {

        private final Population others;
        private final Unit unit;
        private final List<String> by;
        private final List<String> references;
        private final String name;

        private Ranking(Population others, Unit unit, List<String> by, List<String> references, String name) {
            this.others = others;
            this.unit = unit;
            this.by = by;
            this.references = references;
            this.name = name;
        }

        private void points(List<OperatingPoint> points) {
            points.forEach(point -> {
                point.truePositives().ifPresent(
                        found -> putMembers(unit, ", members found at FPR " + point.atFpr(), ToldSum.exactly(found)));
                point.falsePositives().ifPresent(
                        accepted -> putOthers(unit, ", others accepted at FPR " + point.atFpr(), ToldSum.exactly(accepted)));
            });
        }

        /** An area is a mean of shares, of members and of the others alike. Near 0 and 1 it may be told as the middle of a wide range. */
        private void area(Settings settings, ByPatient told) {
            Coarse coarse = Coarse.of(told.memberCount(), told.nonMemberCount(), settings.smallestCount(), true, true)
                    .noFinerThan(Digits.of(told.aucInterval(), Math.min(told.memberCount(), told.nonMemberCount())));
            if (told.auc() > coarse.low() && told.auc() < coarse.high()) {
                double give = coarse.step().doubleValue() / (settings.smallestCount() > 1 ? 2 : 1); // the nearest step, else up or down
                putMembers(Unit.SHARES, ", area", ToldSum.ofMean(told.auc(), give, told.memberCount()));
                putOthers(Unit.SHARES, ", area", ToldSum.ofMean(told.auc(), give, told.nonMemberCount()));
            }
        }

        private void putMembers(Unit of, String figure, ToldSum sum) {
            all.put(new ToldSum.Of(Population.MEMBERS, Optional.of(others), of, by, references, name + figure), sum);
        }

        private void putOthers(Unit of, String figure, ToldSum sum) {
            all.put(new ToldSum.Of(others, Optional.of(Population.MEMBERS), of, by, references, name + figure), sum);
        }
    }

    /** Of the non-members, whose losses hang on no other set and no reference. */
    private void losses(ComparisonDocument comparison) {
        AuditDocument baseline = ofTarget(comparison, comparison.baseline());
        comparison.utilities().forEach(utility -> patients(Population.NON_MEMBERS).ifPresent(units -> {
            AuditDocument version = ofTarget(comparison, utility.target());
            utility.heldOutLoss().ifPresent(mean -> putLoss(List.of(version), "loss" + ofTarget(version), mean, units));
            utility.difference().ifPresent(mean -> putLoss(List.of(version, baseline),
                    "loss" + ofTarget(version) + " less that" + ofTarget(baseline), mean, units));
        }));
    }

    private void putLoss(List<AuditDocument> versions, String words, double mean, int units) {
        List<String> by = versions.stream()
                .flatMap(version -> by(version, version.provenance().rules().toArray(String[]::new)).stream()).toList();
        all.put(new ToldSum.Of(Population.NON_MEMBERS, Optional.empty(), Unit.NATS, by, List.of(), words),
                ToldSum.ofMean(mean, GIVE_OF_LOSSES, units));
    }

    private static AuditDocument ofTarget(ComparisonDocument comparison, String target) {
        return comparison.cells().stream().filter(cell -> cell.target().equals(target)).map(ComparisonDocument.Cell::audit).findFirst()
                .orElseThrow();
    }

    private void strata(AuditDocument audit, StrataFigures figures) {
        figures.variables().forEach(variable -> variable.strata().forEach(stratum -> {
            String name = InvalidFileException.printable(variable.name()) + " = " + InvalidFileException.printable(stratum.name());
            stratum(ToldSum.Of.patients(Population.MEMBERS, Unit.PATIENTS, "members with " + name), stratum.members());
            stratum(ToldSum.Of.patients(Population.NON_MEMBERS, Unit.PATIENTS, "non-members with " + name), stratum.nonMembers());
            stratum.exposed().ifPresent(exposed -> all.put(new ToldSum.Of(Population.MEMBERS, Optional.of(Population.NON_MEMBERS),
                    Unit.PATIENTS, by(audit, figures.attack()), references(audit),
                    "members with " + name + ofTarget(audit) + " found at FPR " + variable.exposedAtFpr().orElseThrow()),
                    ToldSum.exactly(exposed)));
        }));
    }

    private void stratum(ToldSum.Of of, int patients) {
        all.put(of, ToldSum.exactly(patients));
        strata.put(of, ToldSum.exactly(patients));
    }
}
