package io.github.miaudit.likelihood;

/** Whether a tokenizer tells upper from lower case. */
public enum Casing {

    /** It does: "US" and "us" are different tokens. */
    CASED,

    /** It makes every letter lower case first. */
    UNCASED
}
