/**
 * Identifiers in sentences, such as names, dates and record numbers, and what could have stood in their place. An
 * {@link io.github.miaudit.identifiers.IdentifierFinder} finds where they stand; a
 * {@link io.github.miaudit.identifiers.SurrogateSource} proposes others of the same list or format, of which
 * {@link io.github.miaudit.identifiers.Surrogates} draws; an {@link io.github.miaudit.identifiers.IdentifierPlan} joins both. Of
 * strings that identify somebody nothing stands in any message or {@code toString}: only positions, types and numbers do. To find
 * others, implement {@code IdentifierFinder}; its contract is {@code IdentifierFinderContract} in the tests.
 */
@NullMarked
package io.github.miaudit.identifiers;

import org.jspecify.annotations.NullMarked;
