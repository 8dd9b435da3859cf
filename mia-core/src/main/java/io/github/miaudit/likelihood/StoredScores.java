package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.UnorderedDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scores of models as files that were written before, here or on many machines: each a {@link ScoreFile} with its {@link ScoreManifest}.
 * To find them reads the manifests alone; {@link #read} reads the scores that an audit needs, a sentence at a time, into columns. The order
 * of files and of sentences in them does not matter. Immutable.
 */
public final class StoredScores {

    private static final int NAMED = 5;
    private static final int SHORTEST_DIGEST = 8;
    private static final int DIGITS_TOLD = 12;
    private static final int BYTES_A_SENTENCE = 20;
    private static final int BYTES_A_SENTENCE_OF_TOKENS = 90;
    private static final int BYTES_A_TOKEN = 8;
    private static final int BYTES_OF_MOMENTS = 16; // a token's

    /** Whether scores are kept token by token. */
    public enum Detail {
        /** Each token: what attacks on tokens and the checks of a target take. */
        TOKENS,
        /** A sentence's sum alone, whatever the files hold. */
        SUMS
    }

    /** What decides a score, apart from the sentence and the rule. */
    private record Model(String modelDigest, String tokenizerDigest, String precision, LengthPolicy lengthPolicy) {

        static Model of(ModelIdentity identity) {
            return new Model(identity.modelDigest(), identity.tokenizerDigest(), identity.precision(), identity.lengthPolicy());
        }
    }

    /** A manifest, and the file that it tells of. */
    private record Part(Path manifest, ScoreManifest told) {

        Path scores() {
            return manifest.resolveSibling(told.file());
        }
    }

    private static final Pattern SCORES = Pattern.compile("\\.jsonl(\\.gz)?$");

    private final Map<Model, Map<String, List<Part>>> parts;
    private final Map<Model, ModelIdentity> models;

    private StoredScores(Map<Model, Map<String, List<Part>>> parts, Map<Model, ModelIdentity> models) {
        this.parts = parts;
        this.models = models;
    }

    /**
     * Finds scores.
     *
     * @param places files of scores with a manifest beside them, or folders that hold such files at any depth, through links too
     * @throws InvalidFileException if a place is not there, a file has no manifest that names it, one in a folder has none at all, a folder
     *                              holds none, or a manifest is none
     * @throws AuditException       if of scores in buckets some are missing
     */
    public static StoredScores find(Collection<Path> places) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("0 files of scores; at least 1 is needed");
        }
        Map<Model, Map<String, List<Part>>> parts = new LinkedHashMap<>();
        Map<Model, ModelIdentity> models = new LinkedHashMap<>();
        for (Path manifest : new TreeSet<>(places.stream().flatMap(place -> manifests(place).stream())
                .map(path -> path.toAbsolutePath().normalize()).toList())) {
            ScoreManifest told = ScoreManifest.read(manifest);
            Model model = Model.of(told.model());
            models.putIfAbsent(model, told.model());
            parts.computeIfAbsent(model, first -> new TreeMap<>()).computeIfAbsent(told.rule(), first -> new ArrayList<>())
                    .add(new Part(manifest, told));
        }
        parts.values().forEach(byRule -> byRule.values().forEach(StoredScores::requireAllBuckets));
        return new StoredScores(parts, models);
    }

    private static List<Path> manifests(Path place) {
        if (!Files.isDirectory(place)) {
            if (!Files.exists(place)) {
                throw new InvalidFileException(place, "does not exist");
            }
            return List.of(isManifest(place) ? place : manifestOf(place));
        }
        try (Stream<Path> below = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = below.filter(Files::isRegularFile).toList();
            List<Path> found = files.stream().filter(StoredScores::isManifest).toList();
            if (found.isEmpty()) {
                throw new InvalidFileException(place, "holds no scores: no file whose name ends with " + ScoreManifest.NAME
                        + "; write some with mia score");
            }
            files.stream().filter(file -> SCORES.matcher(file.toString()).find() && !isOfBucket(file))
                    .filter(file -> !Files.exists(ScoreManifest.beside(file)) && !Files.exists(file.resolveSibling(ScoreManifest.NAME)))
                    .findFirst().ifPresent(StoredScores::manifestOf);
            return found;
        } catch (UncheckedIOException e) {
            throw new InvalidFileException(place, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw new InvalidFileException(place, e);
        }
    }

    /** There lies also what attempts left that did not come to their end; that a bucket is missing is found by their number. */
    private static boolean isOfBucket(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && String.valueOf(folder.getFileName()).startsWith("bucket=");
    }

    private static boolean isManifest(Path file) {
        return String.valueOf(file.getFileName()).endsWith(ScoreManifest.NAME);
    }

    /** Of a file of scores: the one beside it that names it. */
    private static Path manifestOf(Path scores) {
        Path own = ScoreManifest.beside(scores);
        Path ofFolder = scores.resolveSibling(ScoreManifest.NAME);
        Path manifest = Files.exists(own) ? own : ofFolder;
        if (!Files.exists(manifest)) {
            throw new InvalidFileException(scores, "has no manifest beside it (" + own.getFileName() + " or " + ScoreManifest.NAME
                    + "), so nobody knows which model and rule made these scores; copy it too, or score anew with mia score");
        }
        String named = ScoreManifest.read(manifest).file();
        if (!named.equals(String.valueOf(scores.getFileName()))) {
            throw new InvalidFileException(scores, "is not the file that the manifest beside it names, which is " + named
                    + "; give that one, or give both their names again");
        }
        return manifest;
    }

    private static void requireAllBuckets(List<Part> column) {
        List<ScoreManifest.Bucket> buckets = column.stream().flatMap(part -> part.told.bucket().stream()).toList();
        if (buckets.isEmpty()) {
            return;
        }
        ScoreManifest first = column.get(0).told;
        int count = buckets.get(0).count();
        Set<Integer> there = buckets.stream().map(ScoreManifest.Bucket::number).collect(Collectors.toSet());
        List<Integer> missing = IntStream.range(0, count).filter(number -> !there.contains(number)).boxed().toList();
        if (buckets.size() != column.size() || buckets.stream().anyMatch(bucket -> bucket.count() != count)
                || there.size() < buckets.size()) {
            throw new AuditException("scores of model " + first.model().name() + " by rule " + first.rule()
                    + " are of several runs: buckets of different numbers, or one twice; give the scores of one run");
        }
        if (column.stream().map(part -> part.told.probe()).distinct().count() > 1) {
            throw new AuditException("scores of model " + first.model().name() + " by rule " + first.rule() + " are of several runs: the"
                    + " model was asked again in some and not in others, or said something else; give the scores of one run");
        }
        if (!missing.isEmpty()) {
            throw new AuditException("scores of model " + first.model().name() + " by rule " + first.rule() + " lack " + missing.size()
                    + " of " + count + " buckets, such as " + missing.subList(0, Math.min(NAMED, missing.size())).stream()
                            .map(String::valueOf).collect(Collectors.joining(", "))
                    + "; run the scoring again, which goes on where it was");
        }
    }

    /** The models whose scores were found, in a stable order. */
    public List<ModelIdentity> models() {
        return List.copyOf(models.values());
    }

    /**
     * The model of a name, or of a digest of which the first {@value #SHORTEST_DIGEST} digits at least are given.
     *
     * @throws AuditException if there are no scores of such a model, or of several; the message lists those that there are
     */
    public ModelIdentity model(String nameOrDigest) {
        List<ModelIdentity> found = models.values().stream().filter(model -> model.name().equals(nameOrDigest)
                || nameOrDigest.length() >= SHORTEST_DIGEST && model.modelDigest().startsWith(nameOrDigest)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new AuditException(
                (found.isEmpty() ? "there are no scores of " : "there are scores of several models that are ") + nameOrDigest
                        + "; scores are of " + models.values().stream().map(StoredScores::told).collect(Collectors.joining(", "))
                        + ": give a model's name or digest"
                        + (found.size() > 1 ? ", or the files of one precision and length policy alone" : ""));
    }

    private static String told(ModelIdentity model) {
        String digest = model.modelDigest();
        return model.name() + " (" + digest.substring(0, Math.min(DIGITS_TOLD, digest.length())) + ", " + model.precision() + ", "
                + model.lengthPolicy().label() + ")";
    }

    /**
     * The labels of the rules that a model's scores were made by.
     *
     * @throws IllegalArgumentException if it has none here
     */
    public Set<String> rules(ModelIdentity model) {
        return Set.copyOf(byRule(model).keySet());
    }

    /**
     * About how many bytes of memory scores take.
     *
     * @param choice which
     * @param detail what is kept of each sentence
     * @throws AuditException as {@link #read}
     */
    public long bytes(Choice choice, Detail detail) {
        return parts(choice).map(Part::told).map(ScoreManifest::counts)
                .mapToLong(counts -> detail == Detail.SUMS || counts.tokens() == 0 ? BYTES_A_SENTENCE * counts.sentences()
                        : BYTES_A_SENTENCE_OF_TOKENS * counts.sentences() + BYTES_A_TOKEN * counts.tokens()
                                + BYTES_OF_MOMENTS * counts.expected())
                .sum();
    }

    private Stream<Part> parts(Choice choice) {
        return Stream.of(choice.targetRules.stream().flatMap(rule -> required(choice.target, rule).stream()),
                choice.references.stream()
                        .flatMap(model -> choice.rulesOfReferences().stream().flatMap(rule -> required(model, rule).stream())),
                choice.control.stream().flatMap(model -> choice.targetRules.stream().flatMap(rule -> required(model, rule).stream())))
                .flatMap(Function.identity());
    }

    private void requireUntrained(ModelIdentity model, Population set, String why) {
        if (byRule(model).values().stream().flatMap(List::stream).anyMatch(part -> part.told.trainedOn().contains(set))) {
            throw new AuditException("model " + model.name() + " is known to have been trained on the " + set.words() + ", " + why);
        }
    }

    private Map<String, List<Part>> byRule(ModelIdentity model) {
        Map<String, List<Part>> found = parts.get(Model.of(model));
        if (found == null) {
            throw new IllegalArgumentException("there are no scores of model " + model.name() + ", only of "
                    + models.values().stream().map(ModelIdentity::name).toList());
        }
        return found;
    }

    /**
     * Which scores to read.
     *
     * @param target         the audited model
     * @param targetRules    by which it must have been scored
     * @param references     models that tell how likely a sentence is at all
     * @param referenceRules by which they must have been scored; if there is none, by the target's first
     * @param control        a model like the target that never saw the members, scored as the target was
     */
    public record Choice(ModelIdentity target, Set<MaskingRule> targetRules, List<ModelIdentity> references,
            Set<MaskingRule> referenceRules, Optional<ModelIdentity> control) {

        /** Copies the collections, and keeps their order. */
        public Choice {
            targetRules = Collections.unmodifiableSet(new LinkedHashSet<>(targetRules));
            references = List.copyOf(references);
            referenceRules = Collections.unmodifiableSet(new LinkedHashSet<>(referenceRules));
        }

        private Set<MaskingRule> rulesOfReferences() {
            return referenceRules.isEmpty() ? Set.of(targetRules.iterator().next()) : referenceRules;
        }
    }

    /**
     * Reads scores. Sentences stand in an order that depends on their ids alone or, if there is one, in that of a dataset.
     *
     * @param choice  which
     * @param detail  what to keep in memory of each sentence
     * @param dataset of the same sentences; its order is kept
     * @return a table of all sentences, scored or not
     * @throws InvalidFileException if a file is not as its manifest says, or has a malformed line
     * @throws AuditException       if a model was not scored by a rule, or models were not scored on the same sentences, or texts
     */
    public ScoreTable read(Choice choice, Detail detail, Optional<AttackDataset> dataset) {
        requireUntrained(choice.target, Population.NON_MEMBERS, "though it is the target; are members and non-members swapped?");
        choice.references.forEach(model -> requireUntrained(model, Population.MEMBERS,
                "which a reference must never have seen; are target and reference swapped?"));
        choice.control.ifPresent(model -> {
            requireUntrained(model, Population.MEMBERS, "which a control must never have seen");
            requireUntrained(model, Population.NON_MEMBERS, "which a control must never have seen; train it on other patients");
        });
        ScoreReading reading = new ScoreReading(sentences(choice), detail);
        Map<MaskingRule, ScoreColumn> target = columns(reading, choice.target, choice.targetRules);
        List<Map<MaskingRule, ScoreColumn>> references = choice.references.stream()
                .map(model -> columns(reading, model, choice.rulesOfReferences())).toList();
        Optional<Map<MaskingRule, ScoreColumn>> control = choice.control.map(model -> columns(reading, model, choice.targetRules));
        UnorderedDigest input = requireSameInput(choice);
        ScoredSentences sentences = reading.sentences(reading.order(dataset));
        List<ModelScores> ofReferences = IntStream.range(0, references.size())
                .mapToObj(place -> scores(choice.references.get(place), sentences, references.get(place))).toList();
        return ScoreTable.of(sentences, scores(choice.target, sentences, target), ofReferences,
                control.map(columns -> scores(choice.control.orElseThrow(), sentences, columns))).withInput(input);
    }

    /** Equal ids are no equal texts. */
    private UnorderedDigest requireSameInput(Choice choice) {
        MaskingRule first = choice.targetRules.iterator().next();
        UnorderedDigest input = input(choice.target, first);
        choice.targetRules.forEach(rule -> requireSameInput(input, choice, choice.target, rule));
        choice.references.forEach(model -> choice.rulesOfReferences().forEach(rule -> requireSameInput(input, choice, model, rule)));
        choice.control.ifPresent(model -> choice.targetRules.forEach(rule -> requireSameInput(input, choice, model, rule)));
        return input;
    }

    private void requireSameInput(UnorderedDigest input, Choice choice, ModelIdentity model, MaskingRule rule) {
        if (!input(model, rule).equals(input)) {
            throw new AuditException("model " + model.name() + " by rule " + rule.label() + " was shown other texts than model "
                    + choice.target.name() + " by rule " + choice.targetRules.iterator().next().label()
                    + ", though of the same ids; score the same sentences with all models");
        }
    }

    private UnorderedDigest input(ModelIdentity model, MaskingRule rule) {
        return required(model, rule).stream().map(part -> part.told.input()).reduce(UnorderedDigest.NONE, UnorderedDigest::plus);
    }

    private int sentences(Choice choice) {
        long count = required(choice.target, choice.targetRules.iterator().next()).stream()
                .mapToLong(part -> part.told.counts().sentences()).sum();
        if (count > Integer.MAX_VALUE) {
            throw new AuditException("model " + choice.target.name() + " scored " + count + " sentences; an audit holds "
                    + Integer.MAX_VALUE + " at most, so audit a sample of the patients");
        }
        return (int) count;
    }

    private ModelScores scores(ModelIdentity model, ScoredSentences sentences, Map<MaskingRule, ScoreColumn> columns) {
        columns.replaceAll((rule, column) -> column.inOrder(sentences.order())); // one is freed before the next is made
        Map<MaskingRule, PerPopulation<TokenSpread>> spreads = new LinkedHashMap<>();
        columns.keySet().forEach(rule -> spread(required(model, rule)).ifPresent(spread -> spreads.put(rule, spread)));
        ModelScores scores = ModelScores.ofOrdered(model, sentences, columns).withSpreads(spreads);
        return Stream.concat(Stream.of(scores.mainRule()), columns.keySet().stream()).flatMap(rule -> required(model, rule).stream())
                .flatMap(part -> part.told.probe().stream()).findFirst().map(scores::withProbe).orElse(scores);
    }

    /** Known if it is of each part. */
    private static Optional<PerPopulation<TokenSpread>> spread(List<Part> column) {
        List<PerPopulation<TokenSpread>> known = column.stream().flatMap(part -> part.told.spread().stream()).toList();
        return known.size() < column.size() ? Optional.empty()
                : Optional.of(PerPopulation.of(set -> TokenSpread.of(known.stream().map(part -> part.of(set)).toList())));
    }

    private Map<MaskingRule, ScoreColumn> columns(ScoreReading reading, ModelIdentity model, Set<MaskingRule> rules) {
        Map<MaskingRule, ScoreColumn> columns = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            List<Part> column = required(model, rule);
            reading.begin("model " + model.name() + " by rule " + rule.label(),
                    column.stream().anyMatch(part -> part.told.counts().tokens() > 0));
            column.forEach(part -> reading.add(part.scores(), part.told));
            columns.put(rule, reading.end());
        }
        return columns;
    }

    private List<Part> required(ModelIdentity model, MaskingRule rule) {
        List<Part> column = byRule(model).get(rule.label());
        if (column == null) {
            throw new AuditException("model " + model.name() + " was not scored by rule " + rule.label() + ", only by "
                    + byRule(model).keySet().stream().sorted(Comparator.naturalOrder()).collect(Collectors.joining(", "))
                    + "; score it by that rule too (mia score --rule " + rule.label().replaceFirst("\\(.*", "")
                    + "), or choose attacks by a rule that there is");
        }
        return Objects.requireNonNull(column);
    }

    /** The models' names alone. */
    @Override
    public String toString() {
        return "StoredScores" + models.values().stream().map(ModelIdentity::name).toList();
    }
}
