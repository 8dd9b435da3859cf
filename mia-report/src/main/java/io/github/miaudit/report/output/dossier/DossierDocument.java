package io.github.miaudit.report.output.dossier;

import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.CanaryBound;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.DocumentJson;
import io.github.miaudit.report.Exposed;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import io.github.miaudit.report.Provenance;
import io.github.miaudit.report.StrataFigures;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code dossier.json}: what a dossier says beside {@code audit.json}. All of it follows from that file, from what the makers state, from
 * the model's folder and from the day; so whoever has the two files can make every page anew. Immutable.
 *
 * @param schemaVersion   {@value #SCHEMA_VERSION}
 * @param made            the day on which it was made
 * @param auditDigest     SHA-256 of {@code audit.json}
 * @param conclusion      the audit's
 * @param validity        of the comparison that it rests on
 * @param answer          the audit's answer in words
 * @param supportsRelease whether nothing in the audit speaks against a release
 * @param against         what does, a sentence each
 * @param alarms          what contradicts what is stated, to be read before all else
 * @param stated          by the makers
 * @param notStated       keys of what is not
 * @param model           what the model's folder says; empty if none was named
 * @param digests         of models, tokenizers and data
 * @param strata          the audit's; empty if it has none
 * @param unresolved      what the audit could not measure, or does not tell
 * @param notTested       what it did not try
 */
public record DossierDocument(int schemaVersion, LocalDate made, String auditDigest, Conclusion conclusion, Validity.Verdict validity,
        String answer, boolean supportsRelease, List<String> against, List<String> alarms, DossierFacts stated, List<String> notStated,
        Optional<ModelFacts> model, List<Digest> digests, Optional<StrataFigures> strata,
        List<String> unresolved, List<String> notTested) {

    /** Changes whenever members are added, removed or mean something else. */
    public static final int SCHEMA_VERSION = 2;

    /**
     * What a digest is of.
     *
     * @param of     such as {@code target, model}
     * @param name   of it; empty if it has none
     * @param sha256 in hexadecimal digits
     */
    public record Digest(String of, String name, String sha256) {
    }

    /** Copies the lists. */
    public DossierDocument {
        against = List.copyOf(against);
        alarms = List.copyOf(alarms);
        notStated = List.copyOf(notStated);
        digests = List.copyOf(digests);
        unresolved = List.copyOf(unresolved);
        notTested = List.copyOf(notTested);
    }

    /** Of an audit, whose texts are harmless lines. */
    static DossierDocument of(AuditDocument audit, String auditDigest, DossierFacts stated, Optional<ModelFacts> model, LocalDate made) {
        List<String> against = against(audit, stated);
        return new DossierDocument(SCHEMA_VERSION, made, auditDigest, audit.conclusion(), audit.main().validity().verdict(),
                answer(audit), against.isEmpty(), against, alarms(audit, stated, against, made), stated, stated.notStated(), model,
                digests(audit), audit.strata(), unresolved(audit), notTested(audit, stated));
    }

    /** The words of every output. */
    private static String answer(AuditDocument audit) {
        return Decision.of(audit).answer();
    }

    /** Whether its decision holds on a day: it contradicts nothing, and has not expired. */
    public boolean holdsOn(LocalDate day) {
        return alarms.isEmpty() && stated.expires().filter(day::isAfter).isEmpty();
    }

    private static List<String> against(AuditDocument audit, DossierFacts stated) {
        List<String> against = new ArrayList<>();
        switch (audit.conclusion()) {
            case MEMBERS_CAN_BE_TOLD -> against.add("Outsiders can tell what the model was trained on.");
            case TOLD_THE_OTHER_WAY ->
                    against.add("Outsiders can tell what the model was trained on by scores turned round, or the audit was"
                            + " made the wrong way round.");
            case IDENTIFIERS_ARE_REMEMBERED -> against.add("The model remembers identifiers from the notes.");
            case A_STRATUM_CAN_BE_TOLD -> against.add("Outsiders can tell of some patients that the model was trained on them: "
                    + audit.strata().orElseThrow().answer());
            case NOT_INTERPRETABLE -> against.add("The audit is not interpretable: it shows neither a leak nor the absence of one.");
            case TOO_FEW -> against.add("Too few were compared: the audit shows neither a leak nor the absence of one.");
            case NO_DIFFERENCE_DETECTED -> {
            }
        }
        if (audit.conclusion() == Conclusion.NO_DIFFERENCE_DETECTED && audit.main().validity().verdict() != Validity.Verdict.VALID) {
            against.add("Nothing was found, but the comparison is not valid, only " + AuditWords.verdict(audit.main().validity().verdict())
                    + ": it can't rule a leak out.");
        }
        audit.strata().filter(strata -> strata.verdict() == StrataFigures.Verdict.FOUND)
                .filter(strata -> audit.conclusion() != Conclusion.A_STRATUM_CAN_BE_TOLD)
                .ifPresent(strata -> against.add(strata.answer()));
        audit.failedTargetChecks().forEach(check -> against.add("The model failed a check that it works as a language model: "
                + AuditWords.check(check) + "."));
        audit.identifiers().ifPresent(found -> {
            if (found.preference() == Preference.PREFERRED && audit.conclusion() != Conclusion.IDENTIFIERS_ARE_REMEMBERED) {
                against.add("The model remembers identifiers from the notes.");
            } else if (found.preference() != Preference.PREFERRED && !found.isWhole()) {
                against.add("The audit of identifiers is not whole: not all could be judged.");
            }
        });
        bounds(audit).filter(bound -> bound.epsilonLowerBound() > 0)
                .filter(bound -> stated.training().epsilon().filter(epsilon -> epsilon.doubleValue() >= bound.epsilonLowerBound())
                        .isEmpty())
                .forEach(bound -> against.add("Canaries show that the training is not differentially private with an epsilon below "
                        + Numbers.plain(bound.epsilonLowerBound()) + stated.training().epsilon()
                                .map(epsilon -> ", and the stated epsilon is " + epsilon + ".").orElse(", and no epsilon is stated.")));
        if (against.isEmpty() && Decision.of(audit).light() != Decision.Light.CLEAR) {
            against.add("The audit's answer is open: " + Decision.of(audit).why());
        }
        return against;
    }

    private static Stream<CanaryBound> bounds(AuditDocument audit) {
        return audit.main().attacks().stream().flatMap(attack -> attack.canaryBound().stream());
    }

    private static List<String> alarms(AuditDocument audit, DossierFacts stated, List<String> against, LocalDate made) {
        List<String> alarms = new ArrayList<>();
        stated.decision().filter(decision -> decision.outcome().isRelease()).ifPresent(decision -> {
            if (!against.isEmpty()) {
                alarms.add("The stated decision is \"" + decision.outcome().label() + "\", but this audit supports no release. "
                        + String.join(" ", against));
            }
            if (decision.signatories().isEmpty()) {
                alarms.add("The stated decision is \"" + decision.outcome().label() + "\", but nobody answers for it: no signatory is"
                        + " stated.");
            }
        });
        stated.decision().flatMap(DossierFacts.Stated::on).filter(on -> on.isAfter(made))
                .ifPresent(on -> alarms.add("The decision is dated " + on + ", after this dossier was made, on " + made + "."));
        stated.expires().filter(made::isAfter).ifPresent(
                expires -> alarms.add("The decision expired on " + expires + ", before this dossier was made, on " + made + "."));
        stated.review().filter(made::isAfter).ifPresent(
                review -> alarms.add("The review was due on " + review + ", before this dossier was made, on " + made + "."));
        List<String> audited = attacks(audit);
        List<String> unreported = stated.attacksFixedBeforehand().stream().filter(attack -> !audited.contains(attack)).map(PlainText::name)
                .toList();
        if (!unreported.isEmpty()) {
            alarms.add("Attacks were fixed beforehand that the audit does not report: " + String.join(", ", unreported) + ".");
        }
        stated.attacksFixedOn().filter(on -> audit.subject().date().map(LocalDate::parse).filter(on::isAfter).isPresent())
                .ifPresent(on -> alarms.add("The attacks are said to have been fixed on " + on + ", after the audit's date, "
                        + audit.subject().date().orElseThrow() + "."));
        if (!audit.main().byPatient() && stated.unitOfPrivacy()
                .filter(unit -> unit.toLowerCase(Locale.ROOT).matches(".*(patient|person|people|individual).*")).isPresent()) {
            alarms.add("The unit of privacy is stated to be \"" + stated.unitOfPrivacy().get()
                    + "\", but the audit has no figures by patient.");
        }
        return alarms;
    }

    static List<String> attacks(AuditDocument audit) {
        return audit.main().attacks().stream().map(Attack::name).toList();
    }

    private static List<Digest> digests(AuditDocument audit) {
        List<Digest> digests = new ArrayList<>();
        digests.add(new Digest("data", audit.subject().dataset().orElse(""), PlainText.name(audit.provenance().dataDigest())));
        audit.provenance().target().ifPresent(model -> add(digests, "audited model", model));
        audit.provenance().control().ifPresent(model -> add(digests, "control", model));
        audit.provenance().references().forEach(model -> add(digests, "reference", model));
        return digests;
    }

    private static void add(List<Digest> digests, String role, Provenance.Model model) {
        digests.add(new Digest(role + ", configuration and weights", PlainText.name(model.name()), PlainText.name(model.modelDigest())));
        digests.add(new Digest(role + ", tokenizer", PlainText.name(model.name()), PlainText.name(model.tokenizerDigest())));
    }

    private static List<String> unresolved(AuditDocument audit) {
        List<String> unresolved = new ArrayList<>();
        for (Comparison comparison : audit.comparisons()) {
            String against = "Against the " + comparison.nonMembers().words();
            Attack first = comparison.attacks().get(0);
            rates(first.tprAtFpr().stream().filter(point -> !point.resolvable()).map(OperatingPoint::atFpr)).ifPresent(rates -> unresolved
                    .add(against + ", by sentence, false alarms of " + rates + " " + OperatingPoint.UNMEASURED + " with "
                            + comparison.nonMemberCount() + " other sentences."));
            first.byPatient().ifPresent(patients -> rates(patients.exposed().stream().filter(each -> !each.resolvable())
                    .map(Exposed::atFpr)).ifPresent(
                            rates -> unresolved.add(against + ", by patient, false alarms of " + rates
                                    + " " + OperatingPoint.UNMEASURED + " with " + patients.nonMemberCount() + " other patients.")));
            if (comparison.attacks().stream().anyMatch(DossierDocument::hides)) {
                unresolved.add(against + ", counts of few patients are not told: where they stand, fewer than "
                        + audit.settings().smallestCount() + " patients, or all but so few, may be exposed.");
            }
            if (first.aucInterval().isEmpty()) {
                unresolved.add(against + ", there are too few for an interval.");
            }
        }
        if (!audit.excluded().isEmpty()) {
            unresolved.add("No attack looked at some sentences, which a model could not score: " + audit.excluded().size() + ".");
        }
        return unresolved;
    }

    private static boolean hides(Attack attack) {
        return attack.tprAtFpr().stream().anyMatch(OperatingPoint::suppressed)
                || attack.byPatient().filter(patients -> patients.exposed().stream().anyMatch(Exposed::suppressed)).isPresent();
    }

    private static Optional<String> rates(Stream<Double> rates) {
        String words = rates.map(Numbers::wholePercent).collect(Collectors.joining(", "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static List<String> notTested(AuditDocument audit, DossierFacts stated) {
        List<String> notTested = new ArrayList<>();
        if (audit.identifiers().isEmpty()) {
            notTested.add("Whether the model remembers identifiers, such as names and dates.");
        } else if (audit.identifiers().get().extraction().isEmpty()) {
            notTested.add("Whether the model writes identifiers itself where they stood; only whether it prefers them was tested.");
        }
        if (audit.strata().isEmpty()) {
            notTested.add(
                    "Whether some patients, such as those with a rare disease, are told more easily than all: no strata were audited.");
        } else if (!audit.strata().get().isWhole()) {
            notTested.add("Whether patients of every stratum are told: not every variable could be judged.");
        }
        if (!audit.main().isControlled()) {
            notTested.add("A control model, made like this one without the members, by which memory is told from other differences.");
        }
        if (bounds(audit).findAny().isEmpty()) {
            notTested.add("Canaries, which give a lower bound of epsilon that rests on coin tosses.");
        }
        if (!audit.main().byPatient()) {
            notTested.add("How many patients are exposed: there are no figures by patient.");
        }
        if (audit.provenance().target().isEmpty()) {
            notTested.add("The model itself: its scores were computed elsewhere, so no check that it works could be made.");
        }
        List<TargetCheck> notMade = audit.targetChecks().stream().filter(check -> check.outcome() == TargetCheck.Outcome.NOT_MADE).toList();
        if (!notMade.isEmpty()) {
            notTested.add("Of the checks that the model works: "
                    + notMade.stream().map(AuditWords::check).collect(Collectors.joining(", ")) + ".");
        }
        if (audit.comparisons().size() == 1) {
            notTested.add("Sentences from elsewhere: no externals were compared.");
        }
        if (stated.attacksFixedBeforehand().isEmpty()) {
            notTested.add("Whether the attacks were chosen before the results were known: none is stated to have been fixed beforehand.");
        }
        notTested.add("Extraction of whole sentences by prompting or filling in.");
        notTested.add("Attacks of who sees only what the model decides or writes (labels, outputs), and no likelihoods.");
        notTested.add("Attacks that look at weights, gradients or inner states of the model.");
        notTested.add("What can be inferred of a patient who is known, such as a diagnosis (attribute inference).");
        notTested.add("Notes, languages and patients other than those of the audited sets.");
        notTested.add("Other versions of the model, models made of it, and several releases together.");
        return notTested;
    }

    /** As a JSON object, indented, with a line break at its end. */
    public String toJson() {
        return DocumentJson.write(this);
    }

    /**
     * Reads what {@link #toJson} made.
     *
     * @param file what errors name
     * @throws InvalidFileException if it is no whole dossier, or states what can't be; it names the member
     */
    static DossierDocument parse(Path file, String json) {
        return DocumentJson.parse(file, json, DossierDocument.class, SCHEMA_VERSION);
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12). */
    public static String jsonSchema() {
        return DocumentJson.schema(DossierDocument.class, "dossier.schema.json");
    }
}
