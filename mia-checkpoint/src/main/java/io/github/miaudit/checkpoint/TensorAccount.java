package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tensors of a checkpoint, each accounted for: taken by the network, or known to be no part of masked-LM scoring. Any other is an
 * error, since the numbers of a network that has it are not those of a network without.
 *
 * @param taken   by the program's names
 * @param updates what an adapter adds to them, by the program's names
 * @param left    the stored names of those that are not needed
 */
record TensorAccount(Map<String, StoredTensor> taken, Map<String, LowRankUpdate> updates, List<String> left) {

    private static final int NAMED_AT_MOST = 20;

    /**
     * Finds the tensors of a network.
     *
     * @param file   for errors
     * @param stored by their names there, those of an adapter left out
     */
    static TensorAccount of(Architecture architecture, Path file, Map<String, StoredTensor> stored, Optional<LoraAdapter> adapter) {
        FamilyNames names = new FamilyNames(architecture);
        Map<String, StoredTensor> found = byFamilyName(names, stored);
        Map<String, LowRankUpdate> updates = new TreeMap<>();
        adapter.ifPresent(lora -> {
            requireUntied(architecture, lora);
            found.putAll(lora.replaced());
            updates.putAll(lora.updates());
        });
        requireHead(architecture, file, found);
        Map<String, StoredTensor> taken = new LinkedHashMap<>();
        Map<String, LowRankUpdate> added = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        architecture.parameters().forEach((name, parameter) -> {
            List<String> there = parameter.names().filter(found::containsKey).toList();
            Optional<String> fitting = there.stream()
                    .filter(stands -> Arrays.equals(Objects.requireNonNull(found.get(stands)).shape(), parameter.shape()))
                    .findFirst();
            if (there.isEmpty()) {
                missing.add(parameter.stored());
            } else if (fitting.isEmpty()) {
                long[] shape = Objects.requireNonNull(found.get(there.get(0))).shape();
                misshapen.add(there.get(0) + " is " + Arrays.toString(shape) + " instead of "
                        + Arrays.toString(parameter.shape()));
            } else {
                requireTied(file, parameter, found);
                taken.put(name, rows(parameter, Objects.requireNonNull(found.get(fitting.get()))));
                Optional.ofNullable(updates.get(fitting.get())).ifPresent(update -> {
                    requireFit(parameter, fitting.get(), update);
                    added.put(name, update.rows(parameter.firstRow(), parameter.rows()));
                });
            }
        });
        if (!missing.isEmpty()) {
            throw new InvalidFileException(file, "lacks the tensors " + list(missing));
        }
        if (!misshapen.isEmpty()) {
            throw new InvalidFileException(file, "does not fit config.json: " + list(misshapen));
        }
        requireNothingElse(names, found, updates);
        Set<StoredTensor> used = new HashSet<>();
        architecture.parameters().values().forEach(parameter -> parameter.names().forEach(name -> used.add(found.get(name))));
        return new TensorAccount(taken, added,
                found.values().stream().filter(tensor -> !used.contains(tensor)).map(StoredTensor::name).sorted().toList());
    }

    private static Map<String, StoredTensor> byFamilyName(FamilyNames names, Map<String, StoredTensor> stored) {
        Map<String, StoredTensor> found = new TreeMap<>();
        stored.forEach((name, tensor) -> {
            StoredTensor other = found.put(names.of(name), tensor);
            if (other != null) {
                throw new InvalidFileException(tensor.file(), "holds " + names.of(name) + " twice, as " + other.name() + " and as " + name
                        + "; remove the one that does not belong to the model");
            }
        });
        return found;
    }

    private static void requireHead(Architecture architecture, Path file, Map<String, StoredTensor> found) {
        List<String> missing = architecture.parameters().values().stream()
                .filter(parameter -> architecture.names().head().stream().anyMatch(parameter.stored()::startsWith))
                .filter(parameter -> parameter.names().noneMatch(found::containsKey)).map(Architecture.Parameter::stored).toList();
        if (!missing.isEmpty()) {
            found.keySet().stream().filter(name -> name.endsWith("." + missing.get(0))).findFirst().ifPresent(name -> {
                throw new InvalidFileException(file,
                        "names its tensors with a prefix that is not known, such as " + name + "; save them as "
                                + missing.get(0));
            });
            throw new InvalidFileException(file,
                    "has no complete masked-language-model head, so its scores would be noise; it lacks " + list(missing)
                            + (TensorCause.NEWER_HEAD.isFoundIn(found.keySet())
                                    ? "; it holds lm_predictions: " + TensorCause.NEWER_HEAD.remedy() : ""));
        }
    }

    /** Transformers 4 take one of two tensors that are tied by configuration and differ, transformers 5 each for itself. */
    private static void requireTied(Path file, Architecture.Parameter parameter, Map<String, StoredTensor> found) {
        parameter.tied().filter(found::containsKey).filter(tied -> found.containsKey(parameter.stored())).ifPresent(tied -> {
            if (!Objects.requireNonNull(found.get(tied)).holdsTheSame(Objects.requireNonNull(found.get(parameter.stored())))) {
                throw new InvalidFileException(file, "holds " + tied + " and " + parameter.stored() + " with different numbers, but"
                        + " config.json says that they are one tensor, by tie_word_embeddings; set it to false to score with both,"
                        + " or remove the first to score with the second");
            }
        });
    }

    private static StoredTensor rows(Architecture.Parameter parameter, StoredTensor whole) {
        return parameter.rows() == parameter.shape()[0] ? whole : whole.rows(parameter.firstRow(), parameter.rows());
    }

    private static void requireFit(Architecture.Parameter parameter, String name, LowRankUpdate update) {
        long[] shape = {update.up().shape()[0], update.down().shape()[1]};
        if (!Arrays.equals(shape, parameter.shape())) {
            throw new InvalidFileException(update.up().file(),
                    "adapts " + name + " by " + Arrays.toString(shape) + ", but it is " + Arrays.toString(parameter.shape()));
        }
    }

    /** PEFT gives one of two tied tensors an adapter, or a copy, and not the other; what it merges is then another model. */
    private static void requireUntied(Architecture architecture, LoraAdapter adapter) {
        architecture.parameters().values().stream().filter(parameter -> parameter.tied().isPresent()).flatMap(Architecture.Parameter::names)
                .forEach(name -> {
                    StoredTensor replaced = adapter.replaced().get(name);
                    LowRankUpdate update = adapter.updates().get(name);
                    if (replaced != null || update != null) {
                        throw new InvalidFileException((replaced != null ? replaced : Objects.requireNonNull(update).up()).file(), "adapts "
                                + name + ", which"
                                + " config.json ties (tie_word_embeddings), and PEFT then computes otherwise than it merges; merge the"
                                + " adapter with merge_and_unload()");
                    }
                });
    }

    private static void requireNothingElse(FamilyNames names, Map<String, StoredTensor> found,
            Map<String, LowRankUpdate> updates) {
        updates.forEach((name, update) -> {
            if (!names.isParameter(name) && !names.isUnscored(name)) {
                throw new InvalidFileException(update.up().file(), "adapts " + name + ", which the model does not have");
            }
        });
        List<StoredTensor> unknown = found.entrySet().stream()
                .filter(entry -> !names.isParameter(entry.getKey()) && !names.isUnscored(entry.getKey())).map(Map.Entry::getValue).toList();
        if (!unknown.isEmpty()) {
            throw new InvalidFileException(unknown.get(0).file(), "holds tensors that are no known part of this kind of masked language"
                    + " model, so its scores would be another model's: " + list(unknown.stream().map(StoredTensor::name).toList()) + "; "
                    + TensorCause.of(unknown.stream().map(StoredTensor::name).toList()));
        }
    }

    private static String list(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        return String.join("; ", distinct.subList(0, Math.min(NAMED_AT_MOST, distinct.size())))
                + (distinct.size() > NAMED_AT_MOST ? " and " + (distinct.size() - NAMED_AT_MOST) + " more" : "");
    }
}
