/**
 * How much a model gives away of who was in it: whether it prefers true identifiers to surrogates. Nothing here holds an identifier's text
 * beyond the scoring of its mentions.
 */
@NullMarked
package io.github.miaudit.exposure;

import org.jspecify.annotations.NullMarked;
