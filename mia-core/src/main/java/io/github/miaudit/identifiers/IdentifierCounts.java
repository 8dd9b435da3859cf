package io.github.miaudit.identifiers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many identifiers were found, and why some are not audited: numbers, never a string that was found.
 *
 * @param types by type, in alphabetical order
 */
public record IdentifierCounts(List<OfType> types) {

    /** Why a mention is not audited. */
    public enum Refusal {
        /** It is a mark in the place of an identifier, such as {@code ___}, of which nothing true is known. */
        PLACEHOLDER,
        /** There is no source of surrogates for its type. */
        NO_SOURCE,
        /** The source has too few others that could have stood in its place, or does not know it. */
        TOO_FEW
    }

    /**
     * The mentions of a type.
     *
     * @param type        what they are
     * @param mentions    how many there are, of placeholders too
     * @param identifiers how many different ones are mentioned, one that two patients have being two, and placeholders none
     * @param patients    how many known patients' sentences mention one
     * @param refused     how many mentions are not audited, by reason; those that don't occur are missing
     * @param sourceSize  of how many identifiers surrogates are drawn, where the source knows
     */
    public record OfType(String type, long mentions, long identifiers, long patients, Map<Refusal, Long> refused,
            OptionalLong sourceSize) {

        /** Copies the map. */
        public OfType {
            refused = Map.copyOf(refused);
        }

        /** Whether any mention is more than a placeholder. */
        public boolean isMentioned() {
            return mentions > refused.getOrDefault(Refusal.PLACEHOLDER, 0L);
        }

        /** How many mentions have surrogates. */
        public long audited() {
            return mentions - refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Copies the list. */
    public IdentifierCounts {
        types = List.copyOf(types);
    }

    /**
     * What is not audited, and why, a sentence for each type and reason.
     *
     * @param atLeast surrogates that were needed, {@link Surrogates#atLeast()}
     */
    public List<String> remarks(int atLeast) {
        List<String> remarks = new ArrayList<>();
        for (OfType type : types) {
            for (Refusal refusal : Refusal.values()) {
                if (type.refused.containsKey(refusal)) {
                    String from = type.sourceSize.isPresent()
                            ? ", of a list of " + type.sourceSize.getAsLong() + "; give a longer list, or match less"
                            : "; match less, or need fewer";
                    remarks.add(type.type + ": " + type.refused.get(refusal) + " of " + type.mentions + " mentions are not audited, as "
                            + switch (refusal) {
                                case PLACEHOLDER -> "a mark stands in the identifier's place";
                                case NO_SOURCE -> "there is no list or format to draw surrogates from; give one for " + type.type;
                                case TOO_FEW -> "fewer than " + atLeast + " surrogates could be drawn" + from;
                            });
                }
            }
        }
        return remarks;
    }

    /** Counts in making, of one type. */
    static final class Counter {

        private final Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        private long mentions;
        private long identifiers;
        private long patients;

        void patient(boolean known) {
            patients += known ? 1 : 0;
        }

        void identifiers(long more) {
            identifiers += more;
        }

        void mention() {
            mentions++;
        }

        void refuse(Refusal reason) {
            refused.merge(reason, 1L, Long::sum);
        }

        OfType of(String type, OptionalLong sourceSize) {
            return new OfType(type, mentions, identifiers, patients, refused, sourceSize);
        }
    }
}
