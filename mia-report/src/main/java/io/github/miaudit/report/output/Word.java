package io.github.miaudit.report.output;

/** The words of a page that a reader may not know, each explained at its end and where it heads a table. */
enum Word {

    MEMBER("member, training set", "a sentence that the model was trained on; a patient of whom it was trained on some"),
    NON_MEMBER("non-member, held out", "one of the same source that it was not trained on"),
    EXTERNAL("external", "one from another source"),
    FALSE_ALARM("false alarm, false accusation", "a non-member whom an attacker takes for a member"),
    FPR("FPR", "false positive rate: the share of non-members taken for members"),
    TPR("TPR", "true positive rate: the share of members taken for members"),
    AUC("AUC", "how often a member scores above a non-member, of all pairs of the two: 0.5 is guessing, 1 is always"),
    ADVANTAGE("advantage", "the largest TPR less FPR: 0 is guessing, 1 is perfect"),
    INTERVAL("interval", "what holds the true figure in so many of a hundred such audits as its level says"),
    P("p", "how likely chance alone would give as much as was found, or more"),
    REFERENCE("reference", "a model that never saw the members, by which scores are made comparable"),
    CONTROL("control", "a model made as the audited one was, of other patients: what it finds is no memory"),
    BLIND_CHECK("blind check", "a score that never looks at the audited model: what it finds is a difference between the sets"),
    VALID("valid, shifted", "whether anything but training sets members and non-members apart"),
    NAT("nat", "the unit of log-likelihoods: one nat likelier is 2.7 times as likely"),
    SHA_256("SHA-256", "a fingerprint of a file: with one byte changed it is another");

    private final String term;
    private final String explanation;

    Word(String term, String explanation) {
        this.term = term;
        this.explanation = explanation;
    }

    String term() {
        return term;
    }

    String explanation() {
        return explanation;
    }
}
