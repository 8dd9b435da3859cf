package io.github.miaudit.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same weights by another setting. A number of heads, say, changes what a network computes and no tensor's name or shape, so that
 * {@code config.json} may state one that the weights were not trained with, by mistake or on purpose, and everything still fits.
 *
 * @param words        what is otherwise, such as "heads 12 instead of 16"
 * @param architecture the network as it would be then
 */
public record OtherSetting(String words, Architecture architecture) {

    private static final String HEADS = "heads";
    private static final String LAYERS = "layers";
    private static final String ACTIVATION = "activation";
    private static final String HEAD_ACTIVATION = "head_activation";
    private static final String FIRST_POSITION = "first_position";
    private static final String PADDING_POSITION = "padding_position";

    private static final int NARROWEST_HEAD = 8;
    private static final int WIDEST_HEAD = 256;
    /** The ids of padding tokens from which published models of RoBERTa's kin number their positions, and neighbours. */
    private static final int LAST_PADDING = 3;
    /** All that are far smaller than variances are the same. */
    private static final double SMALL_EPSILON = 1e-5;
    private static final double LARGE_EPSILON = 1e-4;
    private static final List<String> ACTIVATIONS = List.of("gelu", "relu", "silu", "tanh");
    private static final List<Object> BASES = List.of(1000.0, 10_000.0, 160_000.0, 250_000.0, 500_000.0, 1_000_000.0);
    private static final List<Integer> REACHES = List.of(32, 64, 128, 256, 512);
    private static final int MOST_REPEATS = 24;

    /** What published models state of single settings; all others are not tried. */
    private static final Map<String, List<Object>> STATED = Map.of("theta", BASES, "global_theta", BASES, "local_theta", BASES,
            "global_every", List.of(1, 2, 3, 4, 6), "reach", List.copyOf(REACHES), "most_distant", List.of(128, 256, 512, 1024),
            "residual_normal", List.of(true, false), "before", List.of(true, false));

    /**
     * Whatever else published models of the family state, one setting at a time: heads, activations, the number that is added to variances,
     * the padding token from which positions are numbered, bases of rotary positions, windows of attention, and how often shared layers
     * are run. What the tensors' shapes tell is no setting.
     *
     * @param stated as {@code config.json} says
     */
    public static List<OtherSetting> of(Architecture stated) {
        return Stream.of(heads(stated), activations(stated), epsilons(stated), numberings(stated), repeats(stated), reaches(stated),
                single(stated)).flatMap(Function.identity()).toList();
    }

    /** None where a tensor has a column for each. */
    private static Stream<OtherSetting> heads(Architecture stated) {
        if (stated.parameters().containsKey("relative")) {
            return Stream.empty();
        }
        int width = Math.toIntExact(Objects.requireNonNull(stated.parameters().get("layer.0.query.weight")).rows());
        return IntStream.rangeClosed(1, width).filter(heads -> width % heads == 0 && width / heads % 2 == 0)
                .filter(heads -> width / heads >= NARROWEST_HEAD && width / heads <= WIDEST_HEAD)
                .boxed().flatMap(heads -> changed(stated, List.of(HEADS), heads));
    }

    /**
     * That of the layers, and with it that of the head if it is the same, as some families name one for both; of what differs hardly, one.
     */
    private static Stream<OtherSetting> activations(Architecture stated) {
        Object now = Objects.requireNonNull(stated.attributes().get(ACTIVATION));
        List<String> both = List.of(ACTIVATION, HEAD_ACTIVATION);
        boolean alike = now.equals(stated.attributes().get(HEAD_ACTIVATION));
        return ACTIVATIONS.stream().filter(name -> !now.toString().startsWith(name))
                .flatMap(name -> Stream.concat(changed(stated, List.of(ACTIVATION), name),
                        alike ? changed(stated, both, name) : Stream.empty()));
    }

    private static Stream<OtherSetting> epsilons(Architecture stated) {
        return stated.attributes().get("epsilon") instanceof Double epsilon && epsilon > LARGE_EPSILON
                ? changed(stated, List.of("epsilon"), SMALL_EPSILON)
                : Stream.empty();
    }

    private static Stream<OtherSetting> numberings(Architecture stated) {
        if (stated.numberingPadding().isEmpty()) {
            return Stream.empty();
        }
        int now = stated.numberingPadding().getAsInt();
        return IntStream.rangeClosed(0, LAST_PADDING).filter(padding -> padding != now).mapToObj(padding -> {
            Map<String, Object> attributes = new LinkedHashMap<>(stated.attributes());
            attributes.put(PADDING_POSITION, padding);
            attributes.put(FIRST_POSITION, padding + 1);
            return new OtherSetting("positions numbered from padding token " + padding + " instead of " + now,
                    with(stated, attributes, stated.maximumLength() + now - padding));
        });
    }

    /** Of layers that share their weights. */
    private static Stream<OtherSetting> repeats(Architecture stated) {
        if (!(stated.attributes().get("groups") instanceof Integer groups && stated.attributes().get("inner") instanceof Integer inner)
                || stated.parameters().containsKey("layer." + (layers(stated) - 1) + ".query.weight")) {
            return Stream.empty();
        }
        return IntStream.rangeClosed(1, MOST_REPEATS)
                .boxed().flatMap(repeats -> changed(stated, List.of(LAYERS), repeats * groups * inner));
    }

    private static int layers(Architecture stated) {
        return (Integer) Objects.requireNonNull(stated.attributes().get(LAYERS));
    }

    private static Stream<OtherSetting> reaches(Architecture stated) {
        return stated.attributes().get("reaches") instanceof List<?> reaches
                ? REACHES.stream().flatMap(reach -> changed(stated, List.of("reaches"), Collections.nCopies(reaches.size(), reach)))
                : Stream.empty();
    }

    private static Stream<OtherSetting> single(Architecture stated) {
        return STATED.entrySet().stream().sorted(Map.Entry.comparingByKey()).filter(each -> stated.attributes().containsKey(each.getKey()))
                .flatMap(each -> each.getValue().stream().flatMap(value -> changed(stated, List.of(each.getKey()), value)));
    }

    /** Nothing where that is what is stated. */
    private static Stream<OtherSetting> changed(Architecture stated, List<String> keys, Object value) {
        Object now = stated.attributes().get(keys.get(0));
        if (now == null || now.equals(value)) {
            return Stream.empty();
        }
        Map<String, Object> attributes = new LinkedHashMap<>(stated.attributes());
        keys.forEach(key -> attributes.put(key, value));
        List<String> names = new ArrayList<>(keys);
        names.replaceAll(name -> name.replace('_', ' '));
        return Stream.of(new OtherSetting(String.join(" and ", names) + " " + value + " instead of " + now,
                with(stated, attributes, stated.maximumLength())));
    }

    private static Architecture with(Architecture stated, Map<String, Object> attributes, int maximumLength) {
        return new Architecture(stated.program(), attributes, stated.parameters(), stated.names(), stated.vocabularySize(), maximumLength,
                stated.paddingId());
    }
}
