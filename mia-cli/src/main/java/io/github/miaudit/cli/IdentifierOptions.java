package io.github.miaudit.cli;

import io.github.miaudit.identifiers.DeidentificationMark;
import io.github.miaudit.identifiers.IdentifierFinder;
import io.github.miaudit.identifiers.IdentifierFormat;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.PatternIdentifiers;
import io.github.miaudit.identifiers.StatedIdentifiers;
import io.github.miaudit.identifiers.SurrogateSource;
import io.github.miaudit.identifiers.Surrogates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/** Which identifiers to find, and what could have stood in their place. */
final class IdentifierOptions {

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

    @Option(names = "--surrogates", paramLabel = "K", defaultValue = "15",
            description = "Of each identifier, at most (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--matched", paramLabel = "BY", split = ",",
            description = "Draw only surrogates of the same class of lengths (length), or of as many tokens of the target (tokens).")
    private List<String> matched = List.of();

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
                    matched.contains(TOKENS));
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
     */
    record Chosen(boolean stated, List<IdentifierFinder> finders, List<SurrogateSource> sources, Surrogates surrogates,
            boolean matchedInTokens) {

        /** The plan for the sentences of a file, with the target's tokens. */
        IdentifierPlan plan(Path file, ToIntFunction<String> tokens) {
            List<IdentifierFinder> all = new ArrayList<>(finders);
            if (stated) {
                all.add(0, StatedIdentifiers.read(file));
            }
            return IdentifierPlan.of(IdentifierFinder.allOf(all), sources,
                    matchedInTokens ? surrogates.matchedInTokens(tokens) : surrogates);
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
