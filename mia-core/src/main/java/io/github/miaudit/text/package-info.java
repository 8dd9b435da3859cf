/**
 * Texts beside texts: what counts as the same ({@link io.github.miaudit.text.Normalisation}), as nearly the same
 * ({@link io.github.miaudit.text.NearDuplicates}), as contained ({@link io.github.miaudit.text.ContainedTexts}). To add a
 * normalisation, add a constant.
 */
@NullMarked
package io.github.miaudit.text;

import org.jspecify.annotations.NullMarked;
