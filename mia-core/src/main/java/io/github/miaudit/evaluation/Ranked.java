package io.github.miaudit.evaluation;

/** What an AUC ranks: by how often one of the members stands above one of the others. */
public enum Ranked {

    /** Patients who are known, each by one score made of those of his sentences ({@link Evaluation#groupReduction}). */
    PATIENTS,
    /** Sentences. */
    SENTENCES
}
