/**
 * From notes as hospitals keep them to the sets of an audit: sampled by patient, cut into sentences, without what stands in the
 * training notes. {@link io.github.miaudit.data.preparation.DatasetPreparation} is the way in; other languages bring a
 * {@link io.github.miaudit.data.preparation.SentenceSplitter}.
 */
@NullMarked
package io.github.miaudit.data.preparation;

import org.jspecify.annotations.NullMarked;
