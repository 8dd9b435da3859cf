/**
 * A dossier: one archive in which somebody who was not there can check what was audited, what was found, what was not tested and what was
 * decided. {@link io.github.miaudit.report.output.dossier.DossierFacts} is what its makers state, {@link
 * io.github.miaudit.report.output.dossier.Dossier} the archive, {@link io.github.miaudit.report.output.dossier.VerifiedDossier} what a
 * check of one finds. Everything in the archive follows from {@code audit.json} and {@code dossier.json} alone.
 *
 * <pre>{@code
 * DossierFacts stated = DossierFacts.read(Path.of("facts.yaml"));
 * Dossier dossier = Dossier.of(Path.of("audit.json"), stated, Optional.empty(), LocalDate.parse("2026-11-28"))
 *         .signedWith(Path.of("private-key.pem"));
 * dossier.write(Path.of("dossier.zip"));
 * VerifiedDossier verified = VerifiedDossier.of(Path.of("dossier.zip"), Optional.of(Path.of("public-key.pem")));
 * verified.toLines().forEach(System.out::println);
 * }</pre>
 *
 * <p>A {@link DossierDocument} and a {@link DossierManifest} are entries of the archive; {@link ModelFacts} are read from the
 * model's folder.
 */
@NullMarked
package io.github.miaudit.report.output.dossier;

import org.jspecify.annotations.NullMarked;
