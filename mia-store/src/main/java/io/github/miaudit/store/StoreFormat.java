package io.github.miaudit.store;

import java.util.List;

/** The tables of a store's file, by version. */
enum StoreFormat {

    /** Told numbers of tokens, sums and log-likelihoods in the clear; read only to migrate it. */
    CLEAR("CREATE TABLE secret (digest TEXT NOT NULL)",
            "CREATE TABLE models (id INTEGER PRIMARY KEY, model TEXT NOT NULL, tokenizer TEXT NOT NULL, precision TEXT NOT NULL,"
                    + " length_policy TEXT NOT NULL,"
                    + " UNIQUE (model, tokenizer, precision, length_policy))",
            "CREATE TABLE rules (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE)",
            "CREATE TABLE scores (id INTEGER PRIMARY KEY, model INTEGER NOT NULL, rule INTEGER NOT NULL, sentence BLOB NOT NULL, status"
                    + " INTEGER NOT NULL,"
                    + " tokens INTEGER NOT NULL, total REAL, score BLOB NOT NULL)",
            "CREATE UNIQUE INDEX scores_by_sentence ON scores (model, rule, sentence)",
            "CREATE TABLE claims (model INTEGER NOT NULL, sentence BLOB NOT NULL, owner TEXT NOT NULL, expires INTEGER NOT NULL,"
                    + " PRIMARY KEY (model, sentence)) WITHOUT ROWID"),

    /** All that it keeps is sealed. */
    SEALED(
            // rows stand one after the other as they come, so pages are full; only the index, which is small, is in random order
            "CREATE TABLE sealed (id INTEGER PRIMARY KEY, key BLOB NOT NULL, content BLOB NOT NULL)",
            "CREATE UNIQUE INDEX sealed_by_key ON sealed (key)",
            "CREATE TABLE claims (key BLOB PRIMARY KEY, owner BLOB NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID");

    private final List<String> tables;

    StoreFormat(String... tables) {
        this.tables = List.of(tables);
    }

    int version() {
        return ordinal() + 1;
    }

    /** What SQLite keeps as their definition. */
    List<String> tables() {
        return tables;
    }
}
