/**
 * Identifiers in sentences, such as names, dates and record numbers, and what could have stood in their place. An
 * {@link io.github.miaudit.identifiers.IdentifierFinder} finds where they stand; a
 * {@link io.github.miaudit.identifiers.SurrogateSource} proposes others of the same list or format, of which
 * {@link io.github.miaudit.identifiers.Surrogates} draws; an {@link io.github.miaudit.identifiers.IdentifierPlan} joins both. Of
 * strings that identify somebody nothing stands in any message or {@code toString}: only positions, types and numbers do. To find
 * others, implement {@code IdentifierFinder}; its contract is {@code IdentifierFinderContract} in the tests.
 *
 * <pre>{@code
 * List<Sample> notes = List.of(Sample.of("1", "patient 1", "Seen by Dr Moss on 3/4/2019."), Sample.of("2", "patient 2", "Dr Hale rang."));
 * ListedIdentifiers surnames = ListedIdentifiers.of("surname", List.of("Moss", "Hale", "Finch", "Ward", "Lowe", "Reed"));
 * IdentifierPlan plan = IdentifierPlan.of(IdentifierFinder.allOf(List.of(surnames, IdentifierFormat.DATES_DAY_FIRST)),
 *         List.of(surnames, IdentifierFormat.DATES_DAY_FIRST), Surrogates.withDefaults().withCount(4).withAtLeast(2));
 * IdentifierCounts counts = plan.of(notes, planned -> System.out.println(planned.surrogates().size() + " could have stood there"));
 * counts.types().forEach(type -> System.out.println(type.type() + ": " + type.audited() + " audited"));
 * }</pre>
 *
 * <p>A {@link PlannedMention} is a {@link Mention} with what could have stood there. Other finders: {@link PatternIdentifiers}
 * of a pattern, {@link StatedIdentifiers} of annotations, {@link DeidentificationMark}s of what was removed.
 */
@NullMarked
package io.github.miaudit.identifiers;

import org.jspecify.annotations.NullMarked;
