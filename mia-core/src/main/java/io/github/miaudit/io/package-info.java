/**
 * The ground floor: what goes wrong ({@link io.github.miaudit.io.AuditException}), files that appear whole or not at all and for
 * their owner alone, digests, strict JSON, lines, cells that a spreadsheet does not obey. Knows nothing of audits.
 */
@NullMarked
package io.github.miaudit.io;

import org.jspecify.annotations.NullMarked;
