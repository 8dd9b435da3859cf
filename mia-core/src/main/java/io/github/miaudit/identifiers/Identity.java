package io.github.miaudit.identifiers;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An identifier of a patient, however the patient's sentences spell it. */
final class Identity {

    private final String firstSpelling;
    private final Map<CasePattern, String> spellings = new EnumMap<>(CasePattern.class);
    private final int number;
    private int mentions;
    private List<String> surrogates = List.of();

    Identity(String firstSpelling, int number) {
        this.firstSpelling = firstSpelling;
        this.number = number;
    }

    void add(String spelling) {
        spellings.putIfAbsent(CasePattern.of(spelling), spelling);
        mentions++;
    }

    String firstSpelling() {
        return firstSpelling;
    }

    /** The first spelling of each pattern that occurs. */
    Map<CasePattern, String> spellings() {
        return spellings;
    }

    /** How often it is mentioned. */
    int mentions() {
        return mentions;
    }

    /** Its own, of those of all patients. */
    int number() {
        return number;
    }

    void give(List<String> drawn) {
        surrogates = drawn;
    }

    /** As their source spells them. */
    List<String> surrogates() {
        return surrogates;
    }

    /** Never the identifier. */
    @Override
    public String toString() {
        return "Identity[" + mentions + " mentions]";
    }
}
