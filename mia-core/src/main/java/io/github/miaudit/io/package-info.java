/**
 * The ground floor: what goes wrong ({@link io.github.miaudit.io.AuditException}), files that appear whole or not at all and for
 * their owner alone, digests, strict JSON, lines, cells that a spreadsheet does not obey. Knows nothing of audits.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("result.csv"), writer -> writer.write(SpreadsheetCell.of("=1+1") + "\n")); // whole or not at all
 * try (Lines lines = new Lines(Path.of("result.csv"))) {
 *     for (String line = lines.next(); line != null; line = lines.next()) {
 *         System.out.println(lines.number() + ": " + PlainText.line(line));
 *     }
 * }
 * System.out.println(Sha256.ofFiles(Path.of("result.csv")));
 * }</pre>
 *
 * <p>Results that belong together go into an {@link OutputSet} or an {@link OutputFolder}, for their owner alone
 * ({@link OwnerOnly}, {@link TemporaryFiles}). What strangers wrote is read by {@link StrictJson} and {@link StrictJsonReader},
 * {@link StrictYaml} with its {@link YamlValue}, {@link TableHeader}, {@link SentenceLines} and {@link Utf8Input}, and by a
 * {@link LineIndex} a line at a time; what is wrong
 * with it is an {@link InvalidFileException}, and {@link Nearest} guesses what was meant. {@link Services} finds extensions,
 * {@link SoftwareVersions} says of which versions a result is, an {@link UnorderedDigest} which records a table has.
 */
@NullMarked
package io.github.miaudit.io;

import org.jspecify.annotations.NullMarked;
