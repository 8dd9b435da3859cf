package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifiers that are what a pattern finds, or its first group that took part, if it has groups, and of which each has surrogates of
 * its own. Patterns repeat nothing without a bound, so they take a time that grows as the text does.
 */
abstract class PatternFormat implements WrittenFormat {

    private final List<Pattern> patterns;

    PatternFormat(String... expressions) {
        this.patterns = List.of(expressions).stream().map(Pattern::compile).toList();
    }

    @Override
    public final List<Mention> find(String text, String type) {
        List<Mention> found = new ArrayList<>();
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                int group = group(matcher);
                if (isOne(matcher.group(group))) {
                    found.add(Mention.of(matcher.start(group), matcher.end(group), type));
                }
            }
        }
        return found;
    }

    private static int group(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.start(group) >= 0) {
                return group;
            }
        }
        return 0;
    }

    @Override
    public final List<Iterator<String>> proposals(List<String> identifiers, long seed) {
        return identifiers.stream().map(identifier -> isOne(identifier)
                ? proposals(identifier, new CounterRandom(Seeds.of(seed, IdentifierKey.of(identifier))))
                : Collections.<String>emptyIterator()).toList();
    }

    /** Whether what a pattern found is one, or something that another source's type names is. */
    abstract boolean isOne(String identifier);

    /** Others of an identifier's class. */
    abstract Iterator<String> proposals(String identifier, CounterRandom random);
}
