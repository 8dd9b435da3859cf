package io.github.miaudit.djl;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model made as the target was, but of other patients: it knows the source as the target does and never saw who is audited, so what
 * the target does beyond it is memory ({@code Audit.withControl}).
 *
 * <p>It must share with the target all that moves scores and is not the members: the start, the training and its length, the source and
 * time of the notes, and about as many of them. One that knows the source less well leaves a part of the difference between two sets to
 * the target, which is then taken for memory.
 */
public final class ControlModel {

    private ControlModel() {
    }

    /**
     * Trains a control for the audit of a dataset.
     *
     * @param audited whom it must not see
     * @param others  what it learns from: sentences of other patients of the same source
     * @param trainer set as the target's was
     * @param folder  for the model; appears when training is over
     * @throws AuditException if patients of the dataset stand in what it would learn from, most of these sentences are the members', or
     *                        most of the members' or of another set stand there, or as {@link MaskedLmTrainer#train}
     */
    public static void train(AttackDataset audited, List<Sample> others, MaskedLmTrainer trainer, Path folder) {
        Set<Patient> patients = Stream.of(Population.values()).flatMap(population -> audited.samples(population).stream())
                .map(Sample::patient).filter(Patient::isKnown).collect(Collectors.toSet());
        long shared = others.stream().map(Sample::patient).distinct().filter(patients::contains).count();
        if (shared > 0) {
            throw new AuditException(shared + (shared == 1 ? " patient" : " patients") + " of the audited dataset would be among those"
                    + " that the control learns from; a control must never have seen whom the audit is about: leave them out");
        }
        Set<String> members = audited.samples(Population.MEMBERS).stream().map(Sample::text).collect(Collectors.toSet());
        long known = others.stream().map(Sample::text).filter(members::contains).count();
        if (2 * known > others.size()) {
            throw new AuditException(known + " of the " + others.size() + " sentences that the control would learn from are members'; are"
                    + " they the members themselves? A control must never have seen them");
        }
        Set<String> learnt = others.stream().map(Sample::text).collect(Collectors.toSet());
        for (Population population : Population.values()) { // patients may have pseudonyms in one of the two and names in the other
            List<Sample> sentences = audited.samples(population);
            long seen = sentences.stream().map(Sample::text).filter(learnt::contains).count();
            if (2 * seen > sentences.size()) {
                throw new AuditException(seen + " of the " + sentences.size() + " " + population.words()
                        + " of the audited dataset are among"
                        + " the sentences that the control would learn from; a control must never have seen whom the audit is about: leave"
                        + " these patients out");
            }
        }
        trainer.train(others, folder);
    }
}
