package io.github.miaudit.djl;

import java.time.Duration;

/**
 * A part of opening a model that has ended. Several take place at the same time, so their times add up to more than the whole.
 *
 * @param model the name of the model's folder
 * @param name  what was done, such as {@code tokenizer}
 * @param took  how long
 * @param ended when it ended, from when opening began
 */
public record StartUpPhase(String model, String name, Duration took, Duration ended) {
}
