package io.github.miaudit.checkpoint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells under which of its family's names a stored tensor goes, whatever a wrapper put before or between: data parallelism, compiling,
 * PEFT, a model within a model; without the network's own name, as its base alone is saved; with TensorFlow's words for weight and bias.
 */
final class FamilyNames {

    /** What a wrapper puts at any place of a name, or at its beginning. */
    private static final Pattern BETWEEN = Pattern
            .compile("(?<=^|\\.)(_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module|base_layer|original_module)\\.");
    private static final List<String> BEFORE = List.of("module.", "base_model.model.", "model.");

    private final Set<String> parameters;
    private final String base;
    private final List<Pattern> unscored;

    FamilyNames(Architecture architecture) {
        parameters = architecture.parameters().values().stream().flatMap(Architecture.Parameter::names).collect(Collectors.toSet());
        base = architecture.names().base();
        unscored = architecture.names().unscored().stream().map(Pattern::compile).toList();
    }

    /** The family's name of a stored tensor; of one that the family does not know, the name without wrappers. */
    String of(String stored) {
        Set<String> bare = new LinkedHashSet<>();
        String name = BETWEEN.matcher(stored).replaceAll("");
        while (bare.add(name)) {
            String longer = name;
            name = BEFORE.stream().filter(longer::startsWith).findFirst().map(wrapper -> longer.substring(wrapper.length())).orElse(longer);
        }
        String shortest = name;
        return bare.stream().flatMap(this::spellings).filter(spelling -> isParameter(spelling) || isUnscored(spelling)).findFirst()
                .orElse(shortest);
    }

    /** Whether the network takes it. */
    boolean isParameter(String name) {
        return parameters.contains(name);
    }

    /** Whether it is known to be no part of masked-LM scoring. */
    boolean isUnscored(String name) {
        return unscored.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private Stream<String> spellings(String name) {
        String modern = name.replaceFirst("(?<=^|\\.)gamma$", "weight").replaceFirst("(?<=^|\\.)beta$", "bias");
        return Stream.of(name, base + name, modern, base + modern);
    }
}
