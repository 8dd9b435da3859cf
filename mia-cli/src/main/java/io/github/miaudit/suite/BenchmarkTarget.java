package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.GradientNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A model to attack, with the two sets that it is asked about: the ward's members and held-out sentences, unless stated otherwise. All
 * start from one general model; the reference is another, of other patients.
 */
public enum BenchmarkTarget {

    /** Trained on other patients. */
    NO_LEAK(Kind.NO_LEAK, "trained on other patients, 8 epochs", 8, Ward::others),
    /** Trained on the members for so many epochs, as the next ones. */
    EPOCHS_1(Kind.LEAK, "trained on the members, 1 epoch", 1, Ward::members),
    /** Likewise. */
    EPOCHS_2(Kind.LEAK, "trained on the members, 2 epochs", 2, Ward::members),
    /** Likewise. */
    EPOCHS_4(Kind.LEAK, "trained on the members, 4 epochs", 4, Ward::members),
    /** Likewise. */
    EPOCHS_8(Kind.LEAK, "trained on the members, 8 epochs", 8, Ward::members),
    /** Likewise. */
    EPOCHS_16(Kind.LEAK, "trained on the members, 16 epochs", 16, Ward::members),
    /** Likewise. */
    EPOCHS_32(Kind.LEAK, "trained on the members, 32 epochs", 32, Ward::members),
    /** Each sentence stands so many times in the training data, as in the next one. */
    COPIES_3(Kind.LEAK, "trained on 3 copies of each member sentence, 4 epochs", 4, ward -> copies(ward.members(), 3)),
    /** Likewise. */
    COPIES_10(Kind.LEAK, "trained on 10 copies of each member sentence, 4 epochs", 4, ward -> copies(ward.members(), 10)),
    /** The defence of removing copies, of copies and boilerplate alike. */
    DEDUPLICATED(Kind.LEAK, "those 10 copies after exact deduplication, 4 epochs", 4, ward -> distinct(copies(ward.members(), 10))),
    /** The defence of redaction; what is audited is not redacted. */
    REDACTED(Kind.LEAK, "trained on the members without numbers and names, 16 epochs", 16, ward -> Redaction.of(ward.members())),
    /** One patient in ten is in the training data ten times. */
    RARE_LEAKERS(Kind.LEAK, "trained on the members, 4 epochs, with 10 copies of every tenth patient", 4,
            ward -> rareLeakers(ward.members())),

    /** The defence of noisy gradients: noise of so large a share of the most that one sentence can say, as in the next one. */
    NOISY_5_PERCENT(Kind.LEAK, "as EPOCHS_16, with gradients shortened by sentence and noise of multiplier 0.05", 16, Ward::members) {
        @Override
        Recipe recipe(Ward ward, SuiteSize size) {
            return super.recipe(ward, size).with(noise(0.05));
        }
    },
    /** Likewise. */
    NOISY_10_PERCENT(Kind.LEAK, "as EPOCHS_16, with gradients shortened by sentence and noise of multiplier 0.1", 16, Ward::members) {
        @Override
        Recipe recipe(Ward ward, SuiteSize size) {
            return super.recipe(ward, size).with(noise(0.1));
        }
    },

    /** No memory, but sets that differ. */
    DOMAIN_SHIFT(Kind.TRAP, "NO_LEAK's model; every fourth held-out sentence is another hospital's", 8, Ward::others) {
        @Override
        AttackDataset dataset(Ward ward) {
            return AttackDataset.of(ward.members(), Ward.withEvery(4, ward.heldOut(), ward.elsewhere()));
        }
    },
    /** A leak that the reference hides. */
    REFERENCE_SAW_MEMBERS(Kind.TRAP, "EPOCHS_8's model; the reference was trained on the members too", 8, Ward::members) {
        @Override
        Recipe reference(Ward ward, SuiteSize size) {
            return Recipe.reference(size).then("reference-of-members", ward.members(), 8, ward.seed() + 1);
        }
    },
    /** A leak that is read the wrong way round. */
    SWAPPED_SETS(Kind.TRAP, "EPOCHS_8's model; members and held-out sentences are mistaken for each other", 8, Ward::members) {
        @Override
        AttackDataset dataset(Ward ward) {
            return AttackDataset.of(ward.heldOut(), ward.members());
        }
    },
    /** What is remembered is everybody's. */
    SHARED_BOILERPLATE(Kind.TRAP, "trained on the members, 8 epochs; three sentences in four are shared by both sets", 8,
            ward -> ward.mostlyShared(ward.members())) {
        @Override
        AttackDataset dataset(Ward ward) {
            return AttackDataset.of(ward.mostlyShared(ward.members()), ward.mostlyShared(ward.heldOut()));
        }
    };

    /** What an attack should find. */
    public enum Kind {
        /** Memory of the members, from hardly any to much. */
        LEAK,
        /** Nothing: the sets are exchangeable. */
        NO_LEAK,
        /** Something other than how much the model remembers of the members. */
        TRAP;

        /** The name in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int RARE = 10;

    private final Kind kind;
    private final String words;
    private final int epochs;
    private final Function<Ward, List<Sample>> training;

    BenchmarkTarget(Kind kind, String words, int epochs, Function<Ward, List<Sample>> training) {
        this.kind = kind;
        this.words = words;
        this.epochs = epochs;
        this.training = training;
    }

    /** The target of a label. */
    public static Optional<BenchmarkTarget> labelled(String label) {
        return Arrays.stream(values()).filter(target -> target.label().equals(label)).findFirst();
    }

    /** The name in options and documents, such as {@code epochs-8}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What an attack should find. */
    public Kind kind() {
        return kind;
    }

    /** How the model is made and what it is asked about. */
    public String words() {
        return words;
    }

    /** How the model is made; targets of one model have one recipe. */
    Recipe recipe(Ward ward, SuiteSize size) {
        return Recipe.general(size).then("target", training.apply(ward), epochs, ward.seed());
    }

    /** How its reference is made. */
    Recipe reference(Ward ward, SuiteSize size) {
        return Recipe.reference(size);
    }

    /** The two sets; their ids are the ward's. */
    AttackDataset dataset(Ward ward) {
        return AttackDataset.of(ward.members(), ward.heldOut());
    }

    /** Most sentences' gradients are longer than 1. */
    private static GradientNoise noise(double multiplier) {
        return new GradientNoise(1, multiplier);
    }

    private static List<Sample> copies(List<Sample> sentences, int count) {
        return Collections.nCopies(count, sentences).stream().flatMap(List::stream).toList();
    }

    private static List<Sample> distinct(List<Sample> sentences) {
        Set<String> texts = new HashSet<>();
        return sentences.stream().filter(sentence -> texts.add(sentence.text())).toList();
    }

    private static List<Sample> rareLeakers(List<Sample> sentences) {
        List<Optional<String>> patients = sentences.stream().map(Sample::group).distinct().toList();
        List<Sample> training = new ArrayList<>();
        sentences.forEach(sentence -> training
                .addAll(Collections.nCopies(patients.indexOf(sentence.group()) % RARE == 0 ? RARE : 1, sentence)));
        return training;
    }
}
