package io.github.miaudit.identifiers;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Identifiers that a pattern of the user's finds, such as {@code \bRX[0-9]{6}\b}, in RE2's syntax: it has no look-around and no references
 * to groups, and takes a time that grows as the text does, whatever the pattern. Where the pattern has groups, the first is the identifier.
 *
 * <p>Surrogates have other digits, each as likely as any, but as many zeros lead; letters stay, and where the pattern has no group,
 * surrogates match it too. This is exact if the digits were drawn so.
 *
 * @see <a href="https://github.com/google/re2j">RE2/J</a>
 */
public final class PatternIdentifiers implements IdentifierFinder, SurrogateSource {

    private static final int LONGEST_PATTERN = 1000;
    private static final int LONGEST_IDENTIFIER = 200;

    private final String type;
    private final Pattern pattern;

    private PatternIdentifiers(String type, Pattern pattern) {
        this.type = type;
        this.pattern = pattern;
    }

    /**
     * What a pattern finds.
     *
     * @param type       of the identifiers, such as {@code prescription}
     * @param expression at most 1000 characters; must not match an empty text
     * @throws IllegalArgumentException if the type is no label or the expression is no such pattern
     */
    public static PatternIdentifiers of(String type, String expression) {
        TypeLabel.require(type);
        if (expression.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("the pattern of " + type + " has " + expression.length() + " characters; at most "
                    + LONGEST_PATTERN + " are allowed");
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            if (pattern.matcher("").find()) {
                throw new IllegalArgumentException("the pattern of " + type + " matches an empty text, so it would stand everywhere");
            }
            return new PatternIdentifiers(type, pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the pattern of " + type + " is not valid in RE2's syntax: " + e.getDescription()
                    + "; see https://github.com/google/re2/wiki/Syntax", e);
        }
    }

    @Override
    public String type() {
        return type;
    }

    /** Those of at most 200 characters. */
    @Override
    public List<Mention> find(Sample sample) {
        List<Mention> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(sample.text());
        int group = Math.min(1, pattern.groupCount());
        while (matcher.find()) {
            int start = matcher.start(group);
            int end = matcher.end(group);
            if (end > start && end - start <= LONGEST_IDENTIFIER) {
                found.add(Mention.of(start, end, type));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public List<Iterator<String>> proposals(List<String> identifiers, long seed) {
        return identifiers.stream()
                .map(identifier -> proposals(identifier, new CounterRandom(Seeds.of(seed, IdentifierKey.of(identifier)))))
                .toList();
    }

    private Iterator<String> proposals(String identifier, CounterRandom random) {
        boolean isWhole = pattern.groupCount() == 0;
        if (isWhole && !pattern.matches(identifier)) {
            return Collections.emptyIterator();
        }
        return Proposals.endless(() -> {
            String other = Proposals.withOtherDigits(identifier, 0, random);
            return !isWhole || pattern.matches(other) ? other : identifier; // which nobody takes
        });
    }

    /** The type alone: a pattern may hold what it looks for. */
    @Override
    public String toString() {
        return "PatternIdentifiers[" + type + "]";
    }
}
