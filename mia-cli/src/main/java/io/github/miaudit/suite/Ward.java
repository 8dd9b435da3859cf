package io.github.miaudit.suite;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * One seed's patients, by what they serve for; nothing distinguishes them but that.
 *
 * @param seed      of all that is drawn
 * @param members   what targets are trained on
 * @param heldOut   what they are not trained on
 * @param others    of further patients, as many as the members
 * @param elsewhere of patients of another hospital, which writes in another way, as many as the members
 */
record Ward(long seed, List<Sample> members, List<Sample> heldOut, List<Sample> others, List<Sample> elsewhere) {

    static Ward of(long seed, SuiteSize size) {
        List<Sample> all = SyntheticNotes.sentences(SyntheticNotes.patients(seed, 3 * size.patients(), size.sentences()));
        int side = size.patients() * size.sentences();
        return new Ward(seed, all.subList(0, side), all.subList(side, 2 * side), all.subList(2 * side, 3 * side),
                SyntheticNotes.sentences(SyntheticNotes.externalPatients(seed, size.patients(), size.sentences())));
    }

    /** Sentences of which one in so many is replaced by the text of another list at the same place; ids and patients stay. */
    static List<Sample> withEvery(int distance, List<Sample> sentences, List<Sample> replacements) {
        List<Sample> mixed = new ArrayList<>();
        for (int place = 0; place < sentences.size(); place++) {
            Sample sentence = sentences.get(place);
            mixed.add(place % distance == 0 ? new Sample(sentence.id(), sentence.group(), replacements.get(place).text()) : sentence);
        }
        return mixed;
    }

    /**
     * Sentences of which all but every fourth are replaced by texts of a small pool of the members' own, so that members and
     * held-out patients say mostly the same.
     */
    List<Sample> mostlyShared(List<Sample> sentences) {
        int pool = Math.min(30, members.size());
        List<Sample> shared = new ArrayList<>();
        for (int place = 0; place < sentences.size(); place++) {
            Sample sentence = sentences.get(place);
            shared.add(place % 4 == 0 ? sentence : new Sample(sentence.id(), sentence.group(), members.get(place * 7 % pool).text()));
        }
        return shared;
    }
}
