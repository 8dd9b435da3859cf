package io.github.miaudit.cli;

import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.identifiers.DeidentificationMark;
import io.github.miaudit.identifiers.IdentifierFinder;
import io.github.miaudit.identifiers.IdentifierFormat;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.PatternIdentifiers;
import io.github.miaudit.identifiers.StatedIdentifiers;
import io.github.miaudit.identifiers.SurrogateSource;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.likelihood.BlankReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which identifiers to find, and what could have stood in their place. */
final class IdentifierOptions {

    private static final int COUNT = 15;
    private static final int TOP = 10;
    private static final String LENGTH = "length";
    private static final String TOKENS = "tokens";

    @Option(names = "--list", paramLabel = "TYPE=FILE",
            description = "Identifiers of a type, such as surname=surnames.txt, one a line; surrogates are drawn from the same list. May be"
                    + " given several times.")
    private List<String> lists = List.of();

    @Option(names = "--format", paramLabel = "NAME", split = ",",
            description = "Identifiers that are known by how they are written: dates-day-first, dates-month-first, times, phone-numbers,"
                    + " nhs-numbers, record-numbers, uk-postcodes, email-addresses or ages.")
    private List<String> formats = List.of();

    @Option(names = "--pattern", paramLabel = "TYPE=REGEX",
            description = "Identifiers of a type that a pattern in RE2's syntax finds; surrogates have other digits.")
    private List<String> patterns = List.of();

    @Option(names = "--marks",
            description = "Find what a de-identification marks too, such as <PATIENT>…</PATIENT> and [**2131-5-3**]; surrogates are drawn"
                    + " of a --list or --format of the same type.")
    private boolean marks;

    @Option(names = "--stated",
            description = "Find what each line of the sentences states as \"identifiers\", as mia prepare writes it; surrogates are drawn"
                    + " of a --list or --format of the same type.")
    private boolean stated;

    @Option(names = "--surrogates", paramLabel = "K", defaultValue = "" + COUNT,
            description = "Of each identifier, at most (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--matched", paramLabel = "BY", split = ",",
            description = "Draw only surrogates of the same class of lengths (length), or of as many tokens of the target (tokens).")
    private List<String> matched = List.of();

    @Option(names = "--reading", paramLabel = "HOW", converter = ReadingConverter.class, defaultValue = "left-to-right",
            description = "whole: an identifier's tokens are hidden at once; left-to-right: each with those behind it (default:"
                    + " ${DEFAULT-VALUE}).")
    private BlankReading reading;

    @Option(names = "--top", paramLabel = "N", defaultValue = "" + TOP,
            description = "How many of the most preferred candidates count as the top (default: ${DEFAULT-VALUE}).")
    private int top;

    /** The same where identifiers are asked for only if any option says so. */
    Optional<Chosen> toChosenIfAny(long seed) {
        boolean any = !lists.isEmpty() || !formats.isEmpty() || !patterns.isEmpty() || marks || stated || !matched.isEmpty()
                || count != COUNT || top != TOP || reading != BlankReading.LEFT_TO_RIGHT;
        return any ? Optional.of(toChosen(seed)) : Optional.empty();
    }

    /** What does not depend on the sentences; to be made before any long work. */
    Chosen toChosen(long seed) {
        return BadUsageException.ifRefused(() -> {
            List<ListedIdentifiers> listed = parsed("--list", lists, (type, file) -> ListedIdentifiers.read(type, Path.of(file)));
            List<PatternIdentifiers> expressions = parsed("--pattern", patterns, PatternIdentifiers::of);
            List<IdentifierFormat> written = formats.stream().map(IdentifierFormat::named).toList();
            List<SurrogateSource> sources = new ArrayList<>(listed);
            sources.addAll(expressions);
            sources.addAll(written);
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("there is nothing to draw surrogates from; give at least one --list TYPE=FILE, --format"
                        + " NAME or --pattern TYPE=REGEX");
            }
            matched.stream().filter(by -> !Set.of(LENGTH, TOKENS).contains(by)).findFirst().ifPresent(by -> {
                throw new IllegalArgumentException("--matched is " + by + "; expected " + LENGTH + " or " + TOKENS);
            });
            List<IdentifierFinder> finders = new ArrayList<>(listed);
            finders.addAll(expressions);
            finders.addAll(written);
            if (marks) {
                finders.add(DeidentificationMark.all());
            }
            Surrogates surrogates = Surrogates.withDefaults().withCount(count).withSeed(seed);
            return new Chosen(stated, finders, sources, matched.contains(LENGTH) ? surrogates.matchedInLength() : surrogates,
                    matched.contains(TOKENS), reading, top);
        });
    }

    /**
     * What was chosen.
     *
     * @param stated          whether what sentences state is found too
     * @param finders         the others
     * @param sources         of surrogates
     * @param surrogates      but for tokens
     * @param matchedInTokens whether they are matched in these
     * @param reading         how the tokens of a candidate are read
     * @param top             how many of the most preferred candidates count as the top
     */
    record Chosen(boolean stated, List<IdentifierFinder> finders, List<SurrogateSource> sources, Surrogates surrogates,
            boolean matchedInTokens, BlankReading reading, int top) {

        /**
         * The audit, not yet run; a value that it can't have is bad usage.
         *
         * @param members    what the target was trained on
         * @param nonMembers where nothing is to be found, if there are any
         */
        IdentifierAudit audit(Sentences members, Optional<Sentences> nonMembers, MaskedLmScorer target, List<MaskedLmScorer> references,
                Optional<MaskedLmScorer> control, Evaluation evaluation) {
            return BadUsageException.ifRefused(() -> {
                IdentifierAudit audit = IdentifierAudit
                        .of(members.samples, plan(members.file, name -> tokens(target, name)), target.blanks(),
                                references.get(0).blanks())
                        .withReading(reading).withTop(top).withEvaluation(evaluation);
                for (MaskedLmScorer reference : references.subList(1, references.size())) {
                    audit = audit.withReference(reference.blanks());
                }
                if (control.isPresent()) {
                    audit = audit.withControl(control.get().blanks());
                }
                return nonMembers.isEmpty() ? audit
                        : audit.withNonMembers(nonMembers.get().samples, plan(nonMembers.get().file, name -> tokens(target, name)));
            });
        }

        private static int tokens(MaskedLmScorer scorer, String identifier) {
            return scorer.tokens(Sample.of("identifier", " " + identifier)).orElseThrow().size(); // as behind a word
        }

        /** The plan for the sentences of a file, with the target's tokens. */
        private IdentifierPlan plan(Path file, ToIntFunction<String> tokens) {
            List<IdentifierFinder> all = new ArrayList<>(finders);
            if (stated) {
                all.add(0, StatedIdentifiers.read(file));
            }
            return IdentifierPlan.of(IdentifierFinder.allOf(all), sources,
                    matchedInTokens ? surrogates.matchedInTokens(tokens) : surrogates);
        }
    }

    /**
     * Sentences of one set.
     *
     * @param samples the sentences
     * @param file    where they stand
     */
    record Sentences(List<Sample> samples, Path file) {
    }

    static final class ReadingConverter implements ITypeConverter<BlankReading> {
        @Override
        public BlankReading convert(String value) {
            return switch (value) {
                case "whole" -> BlankReading.WHOLE;
                case "left-to-right" -> BlankReading.LEFT_TO_RIGHT;
                default -> throw new TypeConversionException("'" + value + "' is neither whole nor left-to-right");
            };
        }
    }

    private static <T> List<T> parsed(String option, List<String> values, BiFunction<String, String, T> made) {
        List<T> all = new ArrayList<>();
        for (String value : values) {
            int sign = value.indexOf('=');
            if (sign < 1 || sign == value.length() - 1) {
                // not the value: a pattern may hold what it looks for
                throw new IllegalArgumentException(
                        option + " takes a type, = and what is of it, such as --list surname=surnames.txt; one of"
                                + " them has no type, or nothing behind =");
            }
            all.add(made.apply(value.substring(0, sign), value.substring(sign + 1)));
        }
        return all;
    }
}
