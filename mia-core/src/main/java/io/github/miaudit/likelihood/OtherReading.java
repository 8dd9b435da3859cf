package io.github.miaudit.likelihood;

import java.util.function.Supplier;

/**
 * The same weights read by another setting than the model's files state. Some settings, such as how many heads attention has, change what
 * is
 * computed and fit any weights; a model that is read by one it was not trained with works worse, and remembers more than its scores show.
 *
 * @param words  what is otherwise, such as "heads 12 instead of 16"
 * @param scorer opens the model as it is read then, to be closed by the caller, before the model that told of it
 */
public record OtherReading(String words, Supplier<SequenceScorer> scorer) {
}
