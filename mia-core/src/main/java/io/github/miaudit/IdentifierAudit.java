package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.SampledTargetChecks;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.ExtractionSettings;
import io.github.miaudit.exposure.FilledMention;
import io.github.miaudit.exposure.IdentifierModels;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.IdentifierWork;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.report.IdentifierDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An audit of who was in a model's training data, by whether it prefers true identifiers to surrogates that could as well have stood in
 * their place. It needs no non-members: surrogates are. When that is exact, {@code docs/identifiers.md} says. Immutable: every
 * {@code with…} returns a copy, and nothing is computed before {@link #run()}.
 *
 * <p>Candidates are ranked by the target's log-likelihood less the references' mean, summed over all mentions of an identifier; and by
 * the target, the references and the control alone. By default the tokens of a candidate are read from left to right, the top are the 10
 * most
 * preferred, and {@link Evaluation#withDefaults} tells confidence, permutations, seed and smallest count. The audit closes no
 * scorer. An instance may be shared between threads as far as its scorers may.
 */
public final class IdentifierAudit {

    private final List<Sample> members;
    private final IdentifierPlan plan;
    private final List<Sample> nonMembers;
    private final IdentifierPlan planOfOthers;
    private final IdentifierModels models;
    private final BlankReading reading;
    private final int most;
    private final Evaluation evaluation;
    private final ScoringListener listener;
    private final Optional<Extraction> extraction;

    private IdentifierAudit(List<Sample> members, IdentifierPlan plan, List<Sample> nonMembers, IdentifierPlan planOfOthers,
            IdentifierModels models, BlankReading reading, int most, Evaluation evaluation, ScoringListener listener,
            Optional<Extraction> extraction) {
        this.members = members;
        this.plan = plan;
        this.nonMembers = nonMembers;
        this.planOfOthers = planOfOthers;
        this.models = models;
        this.reading = reading;
        this.most = most;
        this.evaluation = evaluation;
        this.listener = listener;
        this.extraction = extraction;
    }

    /** What models are asked to write, and who takes it. */
    private record Extraction(ExtractionSettings settings, Consumer<FilledMention> texts) {
    }

    /**
     * An audit, not yet run.
     *
     * @param members   sentences that the target was trained on
     * @param plan      finds identifiers and draws surrogates
     * @param target    the model to audit
     * @param reference a model that never saw the members
     * @throws IllegalArgumentException if there is no sentence, or an id twice
     */
    public static IdentifierAudit of(List<Sample> members, IdentifierPlan plan, BlankScorer target, BlankScorer reference) {
        requireSentences("members", members);
        Objects.requireNonNull(plan, "plan");
        return new IdentifierAudit(List.copyOf(members), plan, List.of(), plan,
                new IdentifierModels(Objects.requireNonNull(target, "target"), List.of(Objects.requireNonNull(reference, "reference")),
                        Optional.empty()),
                BlankReading.LEFT_TO_RIGHT, 10, Evaluation.withDefaults(), ScoringListener.NONE, Optional.empty());
    }

    /** The audit with one more reference; the mean of their log-likelihoods counts. */
    public IdentifierAudit withReference(BlankScorer reference) {
        return with(new IdentifierModels(models.target(),
                Stream.concat(models.references().stream(), Stream.of(Objects.requireNonNull(reference, "reference"))).toList(),
                models.control()));
    }

    /** The audit with a control: a model made as the target was, of other patients of the same source, that never saw the members. */
    public IdentifierAudit withControl(BlankScorer control) {
        return with(new IdentifierModels(models.target(), models.references(), Optional.of(Objects.requireNonNull(control, "control"))));
    }

    /**
     * The audit with sentences that the target was not trained on, where nothing must be found.
     *
     * @param others    the sentences
     * @param theirPlan as that of the members, but for finders that know sentences by their ids
     * @throws IllegalArgumentException if there is no sentence, or an id twice
     */
    public IdentifierAudit withNonMembers(List<Sample> others, IdentifierPlan theirPlan) {
        requireSentences("non-members", others);
        return new IdentifierAudit(members, plan, List.copyOf(others), Objects.requireNonNull(theirPlan, "theirPlan"), models, reading,
                most, evaluation, listener, extraction);
    }

    /** The audit with the tokens of candidates read in another way. */
    public IdentifierAudit withReading(BlankReading other) {
        return new IdentifierAudit(members, plan, nonMembers, planOfOthers, models, Objects.requireNonNull(other, "reading"), most,
                evaluation, listener, extraction);
    }

    /**
     * The audit with another number of most preferred candidates as the top.
     *
     * @throws IllegalArgumentException if it is below 2
     */
    public IdentifierAudit withTop(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("top " + number + " candidates; at least 2 are needed, as the first is always counted");
        }
        return new IdentifierAudit(members, plan, nonMembers, planOfOthers, models, reading, number, evaluation, listener, extraction);
    }

    /**
     * The audit evaluated in another way: confidence, permutations, seed and smallest count; nothing else of it is used.
     *
     * @throws IllegalArgumentException if there are no permutations, as nothing else tells preferred identifiers from chance
     */
    public IdentifierAudit withEvaluation(Evaluation other) {
        if (other.permutations() == 0) {
            throw new IllegalArgumentException("permutations are 0; at least 1000 are needed to tell preferred identifiers from chance");
        }
        return new IdentifierAudit(members, plan, nonMembers, planOfOthers, models, reading, most, other, listener, extraction);
    }

    /** The audit with somebody watching its progress, in mentions, of all models together. */
    public IdentifierAudit withListener(ScoringListener other) {
        return new IdentifierAudit(members, plan, nonMembers, planOfOthers, models, reading, most, evaluation,
                Objects.requireNonNull(other, "listener"), extraction);
    }

    /** The audit in which models are asked, too, what they would write themselves where identifiers stand: whether who holds them can. */
    public IdentifierAudit withExtraction(ExtractionSettings settings) {
        return withExtraction(settings, unread -> {
        });
    }

    /**
     * The same, with somebody who takes what the target writes in members, mention by mention while it runs. That is text, as confidential
     * as the notes; it is in no report.
     */
    public IdentifierAudit withExtraction(ExtractionSettings settings, Consumer<FilledMention> texts) {
        return new IdentifierAudit(members, plan, nonMembers, planOfOthers, models, reading, most, evaluation, listener,
                Optional.of(new Extraction(Objects.requireNonNull(settings, "settings"), Objects.requireNonNull(texts, "texts"))));
    }

    private IdentifierAudit with(IdentifierModels others) {
        return new IdentifierAudit(members, plan, nonMembers, planOfOthers, others, reading, most, evaluation, listener, extraction);
    }

    /** What is going to be asked, without asking. */
    public IdentifierWork work() {
        return IdentifierWork.of(members, plan, nonMembers, planOfOthers);
    }

    /**
     * Finds, draws, checks that the target works as a language model by {@link SampledTargetChecks}, asks the models and evaluates. Of a
     * target that fails a check no type has a verdict. Where it scores no {@linkplain BlankScorer#sentences() sentences} no check is made,
     * which the report says.
     *
     * @throws AuditException if two models are one, or a sentence can't be scored
     */
    public IdentifierReport run() {
        requireSound();
        return run(models.target().sentences()
                .map(target -> SampledTargetChecks.of(target, models.references().get(0).sentences(), members, ScoringListener.NONE))
                .orElseGet(() -> SampledTargetChecks.notMade("it was given as a model that scores no sentences")));
    }

    /** The same of a target that is checked already. */
    IdentifierReport run(List<TargetCheck> targetChecks) {
        IdentifierWork work = work();
        IdentifierResults results = work.results(models, targetChecks, reading, most, evaluation, listener);
        Optional<ExtractionResults> extracted = extraction
                .map(asked -> work.extraction(models, asked.settings, results, evaluation, asked.texts, listener));
        String digest = Samples.digest(PerPopulation.of(members, nonMembers, List.of()));
        return IdentifierReport.of(IdentifierDocument.of(results, extracted, models,
                new IdentifierDocument.Settings(plan.surrogates().count(),
                        plan.surrogates().atLeast(), reading, most, evaluation.confidence(), evaluation.permutations(), evaluation.seed(),
                        evaluation.smallestCount()),
                digest), results, extracted);
    }

    /**
     * Names all mistakes that show without scoring, with the calls that mend them; {@link #run()} begins with it.
     *
     * @throws MistakesException if two models are one, one scores sentences as another model, is known to have been trained on what it
     *                           must not have seen, or can't be asked what it would write where that is wanted
     */
    public void requireSound() {
        Mistakes mistakes = new Mistakes();
        look(mistakes);
        mistakes.tell();
    }

    private void look(Mistakes mistakes) {
        if (extraction.isPresent()) {
            mistakes.look(models::requireFillers, "without withExtraction(…)");
        }
        Set<String> digests = new HashSet<>();
        for (BlankScorer model : models.all()) {
            mistakes.require(model.sentences().filter(same -> !same.model().modelDigest().equals(model.model().modelDigest())).isEmpty(),
                    "model " + model.model().name() + " scores identifiers as one model and sentences as another; they must be the same",
                    "");
            mistakes.require(digests.add(model.model().modelDigest()),
                    "two of target, references and control are the same model, with the digest " + model.model().modelDigest()
                            + ", so comparing them tells nothing; give another model for one of them, or leave it out",
                    "");
        }
        models.target().sentences().map(scorer -> new AuditedModel("target " + scorer.model().name(), scorer))
                .ifPresent(model -> mistakes.look(() -> model.requireTargetBeside(nonMembers), ""));
        models.references().stream().flatMap(model -> model.sentences().stream())
                .map(scorer -> new AuditedModel("reference " + scorer.model().name(), scorer))
                .forEach(model -> mistakes.look(() -> model.requireReferenceOf(members), ""));
        models.control().flatMap(BlankScorer::sentences).map(scorer -> new AuditedModel("control " + scorer.model().name(), scorer))
                .ifPresent(model -> mistakes.look(() -> model.requireReferenceOf(members), ""));
    }

    /** The same as part of an audit of sentences, which must be of the same target and of the same sentences. */
    void lookAsPartOf(AttackDataset dataset, ModelIdentity target, Mistakes mistakes) {
        String digest = models.target().model().modelDigest();
        mistakes.require(digest.equals(target.modelDigest()), "the audit of identifiers is of a target with the digest " + digest
                + ", that of sentences of " + target.modelDigest() + "; give both the same model", "withIdentifiers(…)");
        mistakes.require(members.equals(dataset.samples(Population.MEMBERS))
                && (nonMembers.isEmpty() || nonMembers.equals(dataset.samples(Population.NON_MEMBERS))),
                "the audit of identifiers is of other members or non-members than that of sentences; give both the same",
                "withIdentifiers(…)");
        look(mistakes);
    }

    private static void requireSentences(String set, List<Sample> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("0 " + set + "; at least 1 sentence is needed");
        }
        Set<String> ids = new HashSet<>();
        samples.forEach(sample -> {
            if (!ids.add(sample.id())) {
                throw new IllegalArgumentException("id " + sample.id() + " stands twice in the " + set);
            }
        });
    }
}
