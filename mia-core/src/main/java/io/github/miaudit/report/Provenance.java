package io.github.miaudit.report;

import io.github.miaudit.data.PatientContents;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ModelSummary;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a report's figures were computed from, so that they can be checked later.
 *
 * @param dataDigest SHA-256 of the data: the dataset's digest, or that of the file of scores
 * @param lineage    for each set of enough patients what tells whether two reports' sets differ by few, see {@link PatientContents.Sketch};
 *                   empty for those whose patients are not all known, or without a salt of their pseudonyms
 * @param target     the audited model; empty if the scores were computed elsewhere
 * @param control    the control model, if there is one
 * @param references the reference models
 * @param rules      the masking rules scored, with their parameters
 * @param seed       of the bootstrap; the rules state those of their masks
 * @param versions   the version of each piece of software, by name
 * @param options    those of the command that made it, on its line or in its configuration, by name, with their values; those whose values
 *                   are files or words of the user have none here. Empty if no command made it
 */
public record Provenance(String dataDigest, Map<Population, String> lineage, Optional<Model> target, Optional<Model> control,
        List<Model> references, List<String> rules, Optional<Long> seed, Map<String, String> versions, Map<String, List<String>> options) {

    /**
     * A model, as {@link ModelIdentity} has it.
     *
     * @param name            for people
     * @param modelDigest     SHA-256 of configuration and weights
     * @param tokenizerDigest SHA-256 of what determines the tokens
     * @param vocabularySize  tokens that the model tells apart
     * @param precision       the arithmetic, such as {@code float32}
     * @param lengthPolicy    what happens to sentences that are longer than the model
     * @param engine          the software that computes
     */
    public record Model(String name, String modelDigest, String tokenizerDigest, int vocabularySize, String precision,
            LengthPolicy lengthPolicy, String engine) {

        static Model of(ModelIdentity model) {
            return new Model(model.name(), model.modelDigest(), model.tokenizerDigest(), model.vocabularySize(), model.precision(),
                    model.lengthPolicy(), model.engine());
        }
    }

    /**
     * Copies the collections; versions and options are sorted by name.
     *
     * @throws IllegalArgumentException if a lineage is no sketch
     */
    public Provenance {
        lineage.forEach((population, numbers) -> {
            if (!PatientContents.isSketch(numbers)) {
                throw new IllegalArgumentException("lineage of the " + population.words() + " is not 64 numbers of 32 bits each, in"
                        + " hexadecimal digits");
            }
        });
        Map<Population, String> copy = new EnumMap<>(Population.class);
        copy.putAll(lineage);
        lineage = Collections.unmodifiableMap(copy);
        references = List.copyOf(references);
        rules = List.copyOf(rules);
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        Map<String, List<String>> values = new TreeMap<>();
        options.forEach((name, given) -> values.put(name, List.copyOf(given)));
        options = Collections.unmodifiableMap(values);
    }

    static Provenance of(AuditResults results, Disclosure disclosure) {
        Map<Population, String> lineage = new EnumMap<>(Population.class);
        results.sketches().forEach((population, sketch) -> {
            if (disclosure.tellsLineage(sketch.patients())) {
                lineage.put(population, sketch.numbers());
            }
        });
        return new Provenance(results.dataDigest(), lineage, models(results, ModelSummary.Role.TARGET).stream().findFirst(),
                models(results, ModelSummary.Role.CONTROL).stream().findFirst(), models(results, ModelSummary.Role.REFERENCE),
                results.rules(), Optional.of(results.evaluation().seed()), SoftwareVersions.current(), Map.of());
    }

    /** Each option as a command line has it, such as {@code --fpr=0.1,0.01}, and without a value where that is not told. */
    public List<String> writtenOptions() {
        return options.entrySet().stream()
                .map(option -> "--" + option.getKey() + (option.getValue().isEmpty() ? "" : "=" + String.join(",", option.getValue())))
                .toList();
    }

    /** The same with the options of the command that made it. */
    Provenance withOptions(Map<String, List<String>> others) {
        return new Provenance(dataDigest, lineage, target, control, references, rules, seed, versions, others);
    }

    private static List<Model> models(AuditResults results, ModelSummary.Role role) {
        return results.models().stream().filter(summary -> summary.role() == role).map(summary -> Model.of(summary.model())).toList();
    }
}
