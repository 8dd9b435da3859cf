package io.github.miaudit.checkpoint;

import java.util.List;

/**
 * How a family names the tensors of a checkpoint, beside those that its parameters state.
 *
 * @param base     what comes before the names of all but the head in a whole model, such as {@code bert.}; the network alone is saved
 *                 without it
 * @param head     how names of the masked-language-model head begin
 * @param unscored regular expressions of the names (with the base before them) of what is no part of masked-LM scoring, such as a
 *                 pooler; nothing else may be left over
 */
record TensorNames(String base, List<String> head, List<String> unscored) {
}
