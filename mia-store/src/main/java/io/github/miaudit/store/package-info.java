/** Scores kept in SQLite, so that an interrupted run goes on where it was. */
package io.github.miaudit.store;
