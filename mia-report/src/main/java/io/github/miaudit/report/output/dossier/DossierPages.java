package io.github.miaudit.report.output.dossier;

import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.ByPatient;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import io.github.miaudit.report.PValues;
import io.github.miaudit.report.StrataFigures;
import io.github.miaudit.report.Subject;
import io.github.miaudit.report.output.TablePage;
import io.github.miaudit.report.output.TextPage.Section;
import io.github.miaudit.report.output.TextPage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pages of a dossier, made of its document and of the audit's alone: the dossier itself, and the same as three readers ask for it.
 * Their titles and questions are this class's own words; each answer is a field.
 */
final class DossierPages {

    private static final String QUESTION = "Can an outsider tell what the model was trained on?";
    private static final String NOT_STATED = "Not stated.";

    private final DossierDocument dossier;
    private final DossierFacts stated;
    private final AuditDocument audit;

    private DossierPages(DossierDocument dossier, AuditDocument audit) {
        this.dossier = dossier;
        this.stated = dossier.stated();
        this.audit = audit;
    }

    /** Each page in HTML, by the name of its file. */
    static Map<String, String> of(DossierDocument dossier, AuditDocument audit) {
        DossierPages pages = new DossierPages(dossier, audit);
        Map<String, String> html = new LinkedHashMap<>();
        html.put("dossier.html", pages.page("Dossier of a release decision", pages.whole()));
        html.put("edpb.html", pages.page("Reading for data protection authorities", pages.edpb()));
        html.put("aisvs.html", pages.page("Reading by OWASP AISVS 1.0, C11.2", pages.aisvs()));
        html.put("sacro.html", pages.page("Reading for researcher and output checker", pages.sacro()));
        return html;
    }

    private String page(String title, List<Section> sections) {
        return new TextPage(title, subtitle(), dossier.alarms(), sections).toHtml();
    }

    private String subtitle() {
        Subject subject = audit.subject();
        return Stream.of(subject.title(), subject.organisation(), Optional.of("made on " + dossier.made()),
                Optional.of("audit.json sha256 " + dossier.auditDigest())).flatMap(Optional::stream).collect(Collectors.joining("; "));
    }

    private List<Section> whole() {
        return Stream.of(
                Stream.of(decision(), answer(""), about(), threat(), training(), sets(), attacks()), results(),
                Stream.of(lines("What could not be measured, or is not told", dossier.unresolved(), "Nothing of this kind is known."),
                        identifiers(), canaries(), notTested("What was not tested"), mitigations(), notStated(), digests(), checking()))
                .flatMap(each -> each).toList();
    }

    private List<Section> edpb() {
        return Stream.of(Stream.of(
                sentences("What this is",
                        "The questions are this project's reading of EDPB Opinion 28/2024 (an AI model is anonymous only if"
                                + " the likelihood that personal data are extracted from it, or obtained by"
                                + " queries, is insignificant, by all means"
                                + " reasonably likely to be used) and of the CNIL's sheets of July 2025"
                                + " (conduct and document the analysis of"
                                + " resistance to attacks). The answers are those of the dossier. It is no"
                                + " legal opinion, and whether a likelihood"
                                + " is insignificant is not for an audit to say."),
                answer("Likelihood of identification: ")), results(),
                Stream.of(
                        identifiersAs("Likelihood of extraction: what was found of identifiers"),
                        threatAs("By whom, and by which means reasonably likely to be used?"),
                        trainingAs("What was done in training to limit identification?"), mitigations(),
                        attacksAs("Which attacks was the resistance tested with?"), setsAs("Can the test show memory at all?"),
                        lines("What could the test not measure?", dossier.unresolved(), "Nothing of this kind is known."),
                        notTested("Which means were not tested?"), decisionAs("What was decided, by whom, and until when?")))
                .flatMap(each -> each).toList();
    }

    private List<Section> aisvs() {
        DossierFacts.Training training = stated.training();
        String budget = training.epsilon().map(epsilon -> "Stated: epsilon " + number(epsilon) + ", delta "
                + training.delta().map(DossierPages::number).orElse("not stated") + ".").orElse("Differential privacy: not stated.");
        return Stream.of(Stream.of(
                sentences("What this is", "Requirements of OWASP AISVS 1.0, section C11.2 (limiting membership inference and model"
                        + " inversion), in this project's words, beside what the dossier has on each."
                        + " Requirements of a running service can't"
                        + " be shown by an audit of a model."),
                new Section("11.2.1 Sensitive attributes that the model infers are not given out", List.of(
                        "Not tested: the audit does not look at a service's outputs. " + "Stated mitigations: " + mitigated()), List.of(),
                        List.of()),
                new Section("11.2.2 Rates of queries are limited, by the threat model",
                        List.of("Not tested: the audit does not look at a service. Stated mitigations: " + mitigated()), List.of(),
                        List.of()),
                new Section("11.2.3 Outputs are calibrated, so that they are not too sure of training data",
                        List.of("Not tested as such; what the model's likelihoods give away is measured under 11.2.5. Stated mitigations: "
                                + mitigated()),
                        List.of(), List.of()),
                new Section("11.2.4 Training on sensitive data is differentially private",
                        Stream.concat(Stream.of(budget), bounds()).toList(),
                        List.of(), List.of()),
                answer("11.2.5 Simulated attacks of membership inference: ")), results(),
                Stream.of(
                        attacksAs("11.2.5 Attacks that were simulated"), notTested("What was not tested"),
                        decisionAs("What was decided, by whom, and until when")))
                .flatMap(each -> each).toList();
    }

    private List<Section> sacro() {
        return Stream.of(Stream.of(
                sentences("What this is",
                        "Two views of one release, as trusted research environments divide it (SACRO): the researcher asks"
                                + " and explains, the checker decides by what can be checked. Counts of few"
                                + " patients are already hidden in it."),
                sentences("Researcher: what is to leave", recipients()), aboutAs("Researcher: what it is for"),
                trainingAs("Researcher: how the model was trained"), setsAs("Researcher: why the sets can be compared"),
                mitigationsAs("Researcher: what was done against disclosure"), answer("Checker: ")), results(),
                Stream.of(
                        lines("Checker: what could not be measured, or is not told", dossier.unresolved(),
                                "Nothing of this kind is known."),
                        notTested("Checker: what was not tested"), lines("Checker: what the researcher did not state", dossier.notStated(),
                                "All that can be stated is stated."),
                        digests(), decisionAs("Checker: what was decided, by whom, and until when")))
                .flatMap(each -> each).toList();
    }

    private Section decision() {
        return decisionAs("The decision");
    }

    private Section decisionAs(String title) {
        Optional<DossierFacts.Stated> decision = stated.decision();
        return new Section(title, List.of(
                "Decision: " + decision.map(each -> each.outcome().label() + ", as stated.").orElse("not stated."),
                dossier.supportsRelease()
                        ? "Nothing in the audit speaks against a release, of what it tested. That is no proof that nothing leaks."
                        : "A dossier of this audit supports no release."),
                Stream.of(dossier.against().stream(),
                        Stream.of("Reason, as stated: " + decision.flatMap(DossierFacts.Stated::reason).orElse("not stated"),
                                "Decided on: " + date(decision.flatMap(DossierFacts.Stated::on)),
                                "Signed for by: " + signatories(decision), "Holds until: " + expiry(),
                                "Next review: " + date(stated.review())))
                        .flatMap(each -> each).toList(),
                List.of());
    }

    private String expiry() {
        return stated.expires().map(expires -> expires + (dossier.made().isAfter(expires) ? " (had expired when this was made)"
                : "; after that day do not rely on it")).orElse("not stated");
    }

    private static String signatories(Optional<DossierFacts.Stated> decision) {
        List<DossierFacts.Signatory> all = decision.map(DossierFacts.Stated::signatories).orElse(List.of());
        return all.isEmpty() ? "not stated"
                : all.stream().map(each -> each.name() + each.role().map(role -> ", " + role).orElse(", role not stated"))
                        .collect(Collectors.joining("; "));
    }

    /** Below the question to which its "yes" is the answer: below any other it could be read as an all-clear. */
    private Section answer(String place) {
        return new Section(place + QUESTION, Stream.of(dossier.answer(), AuditWords.explanation(audit), AuditWords.identifiers(audit),
                AuditWords.validity(audit, audit.main().validity())).filter(sentence -> !sentence.isEmpty()).toList(),
                audit.main().validity().reasons(), List.of());
    }

    private Section about() {
        return aboutAs("What it is about");
    }

    private Section aboutAs(String title) {
        Subject subject = audit.subject();
        return lines(title, List.of("Title: " + said(subject.title()), "Organisation: " + said(subject.organisation()),
                "Purpose: " + said(subject.purpose()), "Author of the audit: " + said(subject.author()),
                "Data: " + said(subject.dataset()), "Date of the audit: " + said(subject.date())), NOT_STATED);
    }

    private Section threat() {
        return threatAs("The threat model");
    }

    private Section threatAs(String title) {
        return sentences(title, "Unit of privacy: " + said(stated.unitOfPrivacy()) + ".",
                "Threat model: " + said(stated.threatModel()) + ".",
                recipients(), "The attacks of the audit know how likely the model finds each token of a sentence (logits), and have the"
                        + " sentence.");
    }

    private String recipients() {
        return stated.recipients().isEmpty() ? "Recipients and their access: not stated."
                : "Recipients and their access: " + stated.recipients().stream()
                        .map(each -> each.who() + " (" + each.access().label() + ")").collect(Collectors.joining("; ")) + ".";
    }

    private Section training() {
        return trainingAs("How the model was trained");
    }

    private Section trainingAs(String title) {
        DossierFacts.Training training = stated.training();
        List<String> lines = List.of("Epochs: " + training.epochs().map(DossierPages::number).orElse("not stated"),
                "Duplicates: " + said(training.duplicates()), "Optimizer: " + said(training.optimizer()),
                "Differential privacy, epsilon: " + training.epsilon().map(DossierPages::number).orElse("not stated"),
                "Differential privacy, delta: " + training.delta().map(DossierPages::number).orElse("not stated"),
                "Recipe: " + said(training.recipe()));
        if (dossier.model().isEmpty()) {
            return new Section(title, List.of("As stated by the makers; the model's folder was not read."), lines, List.of());
        }
        ModelFacts model = dossier.model().get();
        if (model.facts().isEmpty()) {
            return new Section(title, List.of("As stated by the makers; the model's folder says nothing of its training."), lines,
                    List.of());
        }
        return new Section(title, List.of("As stated by the makers; what the model's folder says stands below."), lines,
                List.of(new TablePage.Table("What the model's folder says, sha256 of its files: " + model.files().entrySet().stream()
                        .map(file -> file.getKey() + " " + file.getValue()).collect(Collectors.joining(", ")), 2,
                        List.of("file: setting", "value"),
                        model.facts().entrySet().stream().map(fact -> List.of(fact.getKey(), fact.getValue())).toList())));
    }

    private Section sets() {
        return setsAs("The sets, and why they can be compared");
    }

    private Section setsAs(String title) {
        List<String> lines = new ArrayList<>();
        audit.comparisons().forEach(comparison -> {
            lines.add(comparison.memberCount() + " member sentences against " + comparison.nonMemberCount() + " of the "
                    + label(comparison) + patients(comparison) + ".");
            lines.add("Of the " + label(comparison) + ": " + AuditWords.validity(audit, comparison.validity()));
        });
        audit.main().validity().overlap().ifPresent(overlap -> lines.add("In both sets: " + overlap.exact() + " sentences, and nearly "
                + overlap.near() + "."));
        return new Section(title, List.of("Why they can be compared, as stated: " + said(stated.comparableBecause()) + "."), lines,
                List.of());
    }

    private static String patients(Comparison comparison) {
        return comparison.attacks().get(0).byPatient()
                .map(patients -> ", of " + patients.memberCount() + " and " + patients.nonMemberCount() + " patients").orElse("");
    }

    private Section attacks() {
        return attacksAs("The attacks");
    }

    private Section attacksAs(String title) {
        List<String> names = DossierDocument.attacks(audit);
        String before = stated.attacksFixedBeforehand().isEmpty() ? "Which attacks were fixed beforehand: not stated."
                : "Fixed beforehand" + stated.attacksFixedOn().map(on -> ", on " + on).orElse(", on a day not stated") + ": "
                        + String.join(", ", stated.attacksFixedBeforehand()) + ".";
        String later = stated.attacksFixedBeforehand().isEmpty() ? ""
                : names.stream().filter(name -> !stated.attacksFixedBeforehand().contains(name)).map(PlainText::name)
                        .collect(Collectors.joining(", "));
        return new Section(title, later.isEmpty() ? List.of(before) : List.of(before, "Not fixed beforehand: " + later + "."), List.of(),
                List.of(new TablePage.Table("Attacks and what they compute", 2, List.of("attack", "definition"), audit.main().attacks()
                        .stream().map(attack -> List.of(PlainText.name(attack.name()), attack.definition())).toList())));
    }

    /** Over all, and by stratum where that was asked: an average can hide a rare disease. */
    private Stream<Section> results() {
        return Stream.concat(Stream.of(resultsTable()), dossier.strata().stream().map(this::byStratum));
    }

    private Section byStratum(StrataFigures strata) {
        return new Section("Results by stratum", List.of("With " + PlainText.name(strata.attack())
                + ", members of a stratum against held-out patients of the same stratum: an average can hide a rare disease.",
                strata.answer()),
                strata.remarks(audit.settings().smallestCount()),
                strata.variables().stream().filter(variable -> !variable.strata().isEmpty()).map(variable -> table(strata, variable))
                        .toList());
    }

    private static TablePage.Table table(StrataFigures strata, StrataFigures.Variable variable) {
        List<String> header = new ArrayList<>(List.of("stratum", "patients", "AUC by patient", "AUC by sentence"));
        if (strata.controlled()) {
            header.add("beyond the control");
        }
        variable.exposedAtFpr().ifPresent(rate -> header.add("patients exposed at FPR " + Numbers.plain(rate) + " of all"));
        header.add("p");
        return new TablePage.Table(PlainText.name(variable.name()) + "; the intervals of all strata hold together at "
                + Numbers.wholePercent(strata.level()) + ", p-values are corrected for all " + strata.strata(), 1, header,
                variable.strata().stream().map(DossierPages::row).toList());
    }

    private static List<String> row(StrataFigures.Stratum stratum) {
        return Stream.of(Stream.of(PlainText.name(stratum.name()), stratum.members() + " against " + stratum.nonMembers(),
                figure(stratum.auc(), stratum.aucInterval()), figure(stratum.sentenceAuc(), stratum.sentenceAucInterval())),
                stratum.difference().stream().map(difference -> figure(difference, stratum.differenceInterval().orElseThrow())),
                stratum.exposed().stream().map(count -> count + " of " + stratum.members()),
                Stream.of(PValues.figure(stratum.adjustedPValue()))).flatMap(each -> each).toList();
    }

    private static String figure(double value, Interval interval) {
        return number(value) + brackets(interval);
    }

    private static String brackets(Interval interval) {
        return brackets(number(interval.lower()), number(interval.upper()));
    }

    /** In which no line ends. */
    private static String brackets(String lower, String upper) {
        return " [" + lower + ",\u00a0" + upper + "]";
    }

    /** As in the tables of an audit's page. */
    private static String number(double value) {
        return Numbers.rounded(value, 3);
    }

    private Section resultsTable() {
        List<TablePage.Table> tables = new ArrayList<>();
        for (Comparison comparison : audit.comparisons()) {
            tables.add(bySentence(comparison));
            if (comparison.byPatient()) {
                tables.add(byPatient(comparison));
            }
        }
        return new Section("Results with intervals", Stream.concat(Stream.of(
                "AUC is the chance that somebody of the training data scores higher than somebody else; 0.5 is guessing. TPR is the share"
                        + " of members that an attacker finds while accusing wrongly a share FPR of the others; whoever guesses"
                        + " finds the same"
                        + " share. In brackets are intervals at " + Numbers.wholePercent(audit.settings().confidence()) + "."),
                audit.conclusion() == Conclusion.NOT_INTERPRETABLE
                        ? Stream.of("The audit is not interpretable: these figures show neither a leak nor the absence of one.")
                        : Stream.of())
                .toList(), List.of(), tables);
    }

    private TablePage.Table bySentence(Comparison comparison) {
        List<OperatingPoint> points = comparison.attacks().get(0).tprAtFpr();
        return new TablePage.Table("By sentence, against the " + label(comparison), 1, header("TPR", points),
                comparison.attacks().stream().map(attack -> row(attack, points.size())).toList());
    }

    private List<String> row(Attack attack, int rates) {
        return Stream.concat(Stream.of(PlainText.name(attack.name()), area(attack.auc(), attack.aucInterval())),
                IntStream.range(0, rates).mapToObj(rate -> found(attack.tprAtFpr().get(rate)))).toList();
    }

    private TablePage.Table byPatient(Comparison comparison) {
        ByPatient first = comparison.attacks().get(0).byPatient().orElseThrow();
        return new TablePage.Table("By patient, against the " + label(comparison), 1, header("patients exposed", first.tprAtFpr()),
                comparison.attacks().stream().flatMap(attack -> attack.byPatient().map(patients -> row(attack.name(), patients)).stream())
                        .toList());
    }

    private List<String> row(String name, ByPatient patients) {
        return Stream.concat(Stream.of(PlainText.name(name), area(patients.auc(), patients.aucInterval())),
                patients.exposed().stream().map(each -> each.resolvable()
                        ? AuditWords.exposed(each, patients.memberCount(), audit.settings().smallestCount()) + each.lower()
                                .map(lower -> brackets(Long.toString((long) Math.floor(lower)),
                                        Long.toString((long) Math.ceil(each.upper().orElseThrow()))))
                                .orElse("")
                        : OperatingPoint.UNMEASURED))
                .toList();
    }

    private static List<String> header(String figure, List<OperatingPoint> points) {
        return Stream.concat(Stream.of("attack", "AUC"), points.stream().map(point -> figure + " at FPR " + Numbers.plain(point.atFpr())))
                .toList();
    }

    private static String area(double area, Optional<Interval> interval) {
        return interval.map(ends -> figure(area, ends)).orElseGet(() -> number(area) + " (no interval: too few)");
    }

    private String found(OperatingPoint point) {
        return point.share().map(DossierPages::number).orElseGet(() -> point.insteadOfShare(audit.settings().smallestCount()))
                + point.tprInterval().filter(ends -> point.resolvable()).map(DossierPages::brackets).orElse("");
    }

    private Section identifiers() {
        return identifiersAs("Identifiers");
    }

    private Section identifiersAs(String title) {
        return audit.identifiers().map(found -> new Section(title, List.of(found.answer()), Stream.concat(found.reasons().stream(),
                found.remarks().stream()).toList(), List.of()))
                .orElseGet(() -> sentences(title, "Not tested: identifiers, such as names and dates, were not audited."));
    }

    private Section canaries() {
        return new Section("Differential privacy and canaries", bounds().toList(), List.of(), List.of());
    }

    private Stream<String> bounds() {
        List<String> bounds = audit.main().attacks().stream().flatMap(attack -> attack.canaryBound().stream())
                .map(bound -> "Canaries, " + bound.canaries()
                        + " of them: the training is not differentially private with an epsilon below "
                        + Numbers.plain(bound.epsilonLowerBound()) + " at delta " + Numbers.plain(bound.delta()) + " (level "
                        + Numbers.wholePercent(bound.level()) + "); " + bound.correct() + " of " + bound.guesses()
                        + " guesses were right.")
                .toList();
        return bounds.isEmpty() ? Stream.of("No canaries were audited, so there is no lower bound of epsilon.") : bounds.stream();
    }

    private Section notTested(String title) {
        return lines(title, dossier.notTested(), "");
    }

    private Section mitigations() {
        return mitigationsAs("Mitigations");
    }

    private Section mitigationsAs(String title) {
        return lines(title, stated.mitigations(), NOT_STATED);
    }

    private String mitigated() {
        return stated.mitigations().isEmpty() ? "not stated." : String.join("; ", stated.mitigations()) + ".";
    }

    private Section notStated() {
        return lines("What is not stated", dossier.notStated(), "All that can be stated is stated.");
    }

    private Section digests() {
        return new Section("What was audited", List.of("An audit tells of these files and no others."), audit.provenance().rules().stream()
                .map(rule -> "Masking rule: " + rule).toList(),
                List.of(new TablePage.Table("SHA-256", 3, List.of("of", "name", "sha256"), dossier.digests().stream()
                        .map(digest -> List.of(digest.of(), digest.name().isEmpty() ? "not stated" : digest.name(), digest.sha256()))
                        .toList())));
    }

    private Section checking() {
        return sentences("How to check it",
                "mia dossier verify FILE makes every page anew from audit.json and dossier.json, compares them byte"
                        + " by byte, and says who signed. It shows nothing of how the audit was made, or whether what is stated is true.");
    }

    private static String label(Comparison comparison) {
        return comparison.nonMembers().words();
    }

    private static String said(Optional<String> text) {
        return text.orElse("not stated");
    }

    private static String date(Optional<LocalDate> date) {
        return date.map(LocalDate::toString).orElse("not stated");
    }

    private static String number(BigDecimal number) {
        return number.toString();
    }

    private static Section sentences(String title, String... sentences) {
        return new Section(title, List.of(sentences), List.of(), List.of());
    }

    private static Section lines(String title, List<String> lines, String otherwise) {
        return lines.isEmpty() ? sentences(title, otherwise) : new Section(title, List.of(), lines, List.of());
    }
}
