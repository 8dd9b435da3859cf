package io.github.miaudit.evaluation;

/** What is to be done where patients of the members stand among the non-members or the externals too. */
public enum SharedPatients {
    /** The audit is refused: what the target learnt of a patient can make all of that patient's sentences likelier. */
    REFUSED,
    /** The audit is made, and warns. */
    ALLOWED
}
