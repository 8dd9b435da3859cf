/**
 * Texts beside texts: what counts as the same ({@link io.github.miaudit.text.Normalisation}), as nearly the same
 * ({@link io.github.miaudit.text.NearDuplicates}), as contained ({@link io.github.miaudit.text.ContainedTexts}). To add a
 * normalisation, add a constant.
 *
 * <pre>{@code
 * NearDuplicates training = NearDuplicates.of(List.of("No acute distress noted."), Normalisation.CASE_AND_SPACE, 0.8);
 * System.out.println(training.contains("no acute  distress noted!")); // true: as good as the same
 * ContainedTexts whole = ContainedTexts.of(List.of("acute distress"), Normalisation.CASE_AND_SPACE);
 * System.out.println(whole.in("No acute distress noted.")); // [acute distress]
 * }</pre>
 */
@NullMarked
package io.github.miaudit.text;

import org.jspecify.annotations.NullMarked;
