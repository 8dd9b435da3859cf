package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything an attack may look at: which sentences there are, what the target says of each and what the
 * references say. Row {@code i} of a population is the same sentence throughout. Holds no text. Immutable.
 */
public final class ScoreTable {

    /**
     * One sentence of the table.
     *
     * @param id    the sentence's id
     * @param group its patient, as the dataset writes it, if it does
     */
    public record Row(String id, Optional<String> group) {
    }

    private final PerPopulation<List<Row>> rows;
    private final PerPopulation<PatientColumn> patients;
    private final ModelScores target;
    private final List<ModelScores> references;
    private final Optional<ModelScores> control;
    private final Optional<UnorderedDigest> input;

    private ScoreTable(PerPopulation<List<Row>> rows, PerPopulation<PatientColumn> patients, ModelScores target,
            List<ModelScores> references, Optional<ModelScores> control, Optional<UnorderedDigest> input) {
        this.rows = rows;
        this.patients = patients;
        this.target = target;
        this.references = List.copyOf(references);
        this.control = control;
        this.input = input;
    }

    /**
     * Puts the scores of several models on one dataset side by side.
     *
     * @param dataset    the sentences
     * @param target     the audited model's scores of that dataset
     * @param references the reference models' scores of that dataset; may be empty
     * @throws IllegalArgumentException if scores are of other sentences than the dataset's
     */
    public static ScoreTable of(AttackDataset dataset, ModelScores target, List<ModelScores> references) {
        PerPopulation<List<Row>> rows = PerPopulation
                .of(population -> dataset.samples(population).stream().map(sample -> new Row(sample.id(), sample.group())).toList());
        for (Population population : Population.values()) {
            Stream.concat(Stream.of(target), references.stream()).forEach(model -> requireSameRows(rows.of(population), population, model));
        }
        return new ScoreTable(rows, rows.map(ScoreTable::patients), target,
                references.stream().map(reference -> reference.sharing(target)).toList(), Optional.empty(), Optional.empty());
    }

    /**
     * Puts scores that were made somewhere side by side.
     *
     * @param sentences  that were scored
     * @param target     the audited model's scores of them
     * @param references the reference models' scores of them; may be empty
     * @param control    the scores of a control, if there is one
     * @throws IllegalArgumentException if scores are of other sentences, or in another order
     */
    public static ScoreTable of(ScoredSentences sentences, ModelScores target, List<ModelScores> references,
            Optional<ModelScores> control) {
        ScoreTable table = new ScoreTable(PerPopulation.of(sentences::rows), PerPopulation.of(sentences::patients), target, references,
                control, Optional.empty());
        table.models().forEach(model -> table.requireSame(sentences, model));
        return table;
    }

    private void requireSame(ScoredSentences sentences, ModelScores model) {
        for (Population population : Population.values()) {
            for (MaskingRule rule : model.rules()) {
                int scored = model.scores(rule, population).size();
                if (scored != rows.of(population).size()) {
                    throw new IllegalArgumentException("model " + model.model().name() + " scored " + scored + " " + population.words()
                            + " by rule " + rule.label() + "; there are " + rows.of(population).size());
                }
                requireSameIds(sentences, population, model, rule);
            }
        }
    }

    /** Scores that don't belong to the sentences would be compared row by row without anybody noticing. */
    private void requireSameIds(ScoredSentences sentences, Population population, ModelScores model, MaskingRule rule) {
        List<SequenceScore> scored = model.scores(rule, population);
        if (scored instanceof ScoreColumn.View view && view.isOf(sentences)) {
            return;
        }
        for (int row = 0; row < scored.size(); row++) {
            if (!scored.get(row).id().equals(rows.of(population).get(row).id())) {
                throw new IllegalArgumentException(
                        "model " + model.model().name() + " scored sentence " + scored.get(row).id() + " by rule "
                                + rule.label() + " where sentence " + rows.of(population).get(row).id() + " of the " + population.words()
                                + " stands; give scores of the same sentences in the same order");
            }
        }
    }

    private static PatientColumn patients(List<Row> rows) {
        PatientColumn.Builder column = new PatientColumn.Builder();
        rows.forEach(row -> column.add(row.group));
        return column.build();
    }

    /**
     * The table with a control: a model like the target that never saw the members, scored as the target was.
     *
     * @param model the control's scores of the same dataset
     * @throws IllegalArgumentException if scores are of other sentences
     */
    public ScoreTable withControl(ModelScores model) {
        for (Population population : Population.values()) {
            requireSameRows(rows.of(population), population, model);
        }
        return new ScoreTable(rows, patients, target, references, Optional.of(model.sharing(target)), input);
    }

    /** The table with the control in the place of the target, and without a control; empty if there is none. */
    public Optional<ScoreTable> ofControl() {
        return control.map(model -> new ScoreTable(rows, patients, model, references, Optional.empty(), input));
    }

    /** The table of scores that are known to be of just these texts. */
    ScoreTable withInput(UnorderedDigest other) {
        return new ScoreTable(rows, patients, target, references, control, Optional.of(other));
    }

    /** The sum of the {@link io.github.miaudit.data.SentenceDigest}s of all sentences, if it is known which texts were scored. */
    public Optional<UnorderedDigest> input() {
        return input;
    }

    /** The sentences of a population, one row each, in dataset order. */
    public List<Row> rows(Population population) {
        return rows.of(population);
    }

    /** Whose the sentences are, one patient a row. */
    public PerPopulation<PatientColumn> patients() {
        return patients;
    }

    /** The audited model's scores, in the order of {@link #rows(Population)}. */
    public ModelScores target() {
        return target;
    }

    /** The reference models' scores, one entry a reference, each in the order of {@link #rows(Population)}. */
    public List<ModelScores> references() {
        return references;
    }

    /** The control's scores, if there is a control. */
    public Optional<ModelScores> control() {
        return control;
    }

    /** The scores of all models: the target's, the control's if there is one, then the references'. */
    public Stream<ModelScores> models() {
        return Stream.of(Stream.of(target), control.stream(), references.stream()).flatMap(models -> models);
    }

    /**
     * A digest of everything in the table: sentences, whose they are, models, rules and every sum.
     *
     * @return SHA-256 in hexadecimal digits
     */
    public String digest() {
        MessageDigest digest = Sha256.newDigest();
        for (Population population : Population.values()) {
            add(digest, population.label() + rows(population).size());
            for (Row row : rows(population)) {
                add(digest, row.id);
                add(digest, row.group.map(name -> "of " + name).orElse(""));
            }
        }
        models().forEach(model -> model.rules().forEach(rule -> {
            add(digest, model.model().modelDigest());
            add(digest, rule.label());
            ByteBuffer sum = ByteBuffer.allocate(Double.BYTES);
            for (Population population : Population.values()) {
                model.scores(rule, population).forEach(score -> digest.update(sum.putDouble(0, score.sum()).array()));
            }
        }));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length).array());
        digest.update(bytes);
    }

    /**
     * A rule by which target and first reference can be put side by side.
     *
     * @return the target's first rule that the first reference was scored by too; empty if there is none
     */
    public Optional<MaskingRule> commonRule() {
        return references.stream().limit(1).flatMap(reference -> target.rules().stream().filter(reference.rules()::contains)).findFirst();
    }

    /** The sentences that some model could not score by some rule, in dataset order, each with the first reason found. */
    public Map<Row, SequenceScore.Status> unscored(Population population) {
        BitSet rowsOfThem = new BitSet(rows(population).size());
        models().forEach(model -> model.addUnscored(population, rowsOfThem));
        Map<Row, SequenceScore.Status> unscored = new LinkedHashMap<>();
        rowsOfThem.stream().forEach(row -> unscored.put(rows(population).get(row),
                statuses(population, row).filter(status -> !status.isScored()).findFirst().orElseThrow()));
        return unscored;
    }

    /**
     * The table without the sentences that some model could not score by some rule, so that every attack compares
     * the same sentences.
     *
     * @return a copy in which every sentence is scored
     * @throws AuditException if no member or no non-member is left
     */
    public ScoreTable withoutUnscored() {
        return scoredByAll(List.of(this)).get(0);
    }

    /**
     * Tables of the same sentences, each without those that some model of some table could not score, so that they can be
     * compared row by row.
     *
     * @param tables at least one
     * @return copies, in the same order
     * @throws IllegalArgumentException if the tables are of different sentences, groups or orders
     * @throws AuditException           if no member or no non-member is left
     */
    public static List<ScoreTable> scoredByAll(List<ScoreTable> tables) {
        PerPopulation<int[]> kept = PerPopulation.of(population -> {
            List<Row> rows = tables.get(0).rows(population);
            for (ScoreTable table : tables) {
                if (!table.rows(population).equals(rows)) {
                    throw new IllegalArgumentException("scores of target " + table.target().model().name() + " are of other "
                            + population.words() + " than those of target " + tables.get(0).target().model().name()
                            + "; score the same dataset with both");
                }
            }
            BitSet unscored = new BitSet(rows.size());
            tables.forEach(table -> table.models().forEach(model -> model.addUnscored(population, unscored)));
            int[] scored = IntStream.range(0, rows.size()).filter(row -> !unscored.get(row)).toArray();
            requireSomeLeft(population, rows.size(), scored.length);
            return scored;
        });
        return tables.stream().map(table -> table.select(kept)).toList();
    }

    private static void requireSomeLeft(Population population, int count, int kept) {
        if (kept == 0 && population != Population.EXTERNALS) {
            throw new AuditException(
                    "none of the " + count + " " + population.words()
                            + " could be scored: all are empty for the tokenizer, too long or failed");
        }
    }

    private ScoreTable select(PerPopulation<int[]> kept) {
        return new ScoreTable(ModelScores.select(rows, kept),
                PerPopulation.of(population -> PatientColumn.of(ModelScores.select(patients.of(population), kept.of(population)))),
                target.select(kept),
                references.stream().map(reference -> reference.select(kept)).toList(), control.map(model -> model.select(kept)),
                Optional.empty());
    }

    private Stream<SequenceScore.Status> statuses(Population population, int row) {
        return models().flatMap(model -> model.statuses(population, row));
    }

    private static void requireSameRows(List<Row> rows, Population population, ModelScores model) {
        List<String> ids = rows.stream().map(Row::id).toList();
        for (MaskingRule rule : model.rules()) {
            if (!model.scores(rule, population).stream().map(SequenceScore::id).toList().equals(ids)) {
                throw new IllegalArgumentException("scores of model " + model.model().name() + " by rule " + rule.label()
                        + " are not of the dataset's " + population.words());
            }
        }
    }
}
