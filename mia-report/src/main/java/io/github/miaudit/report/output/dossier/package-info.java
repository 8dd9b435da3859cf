/**
 * A dossier: one archive in which somebody who was not there can check what was audited, what was found, what was not tested and what was
 * decided. {@link io.github.miaudit.report.output.dossier.DossierFacts} is what its makers state, {@link
 * io.github.miaudit.report.output.dossier.Dossier} the archive, {@link io.github.miaudit.report.output.dossier.VerifiedDossier} what a
 * check of one finds. Everything in the archive follows from {@code audit.json} and {@code dossier.json} alone.
 */
@NullMarked
package io.github.miaudit.report.output.dossier;

import org.jspecify.annotations.NullMarked;
