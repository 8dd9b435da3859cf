package io.github.miaudit.identifiers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * How many surrogates an identifier gets, and which of those that a {@link SurrogateSource} proposes. They depend on the seed, the
 * type, the patient and the patient's identifiers, so an identifier has the same ones, in the same order, in all sentences of its
 * patient, however it is spelled. The true one is none of them; where it is put among them is up to whoever scores them.
 *
 * <p>All surrogates of all of a patient's identifiers of a type differ from each other and from every identifier of the patient. So if
 * the true ones were drawn from a source without replacement, all of them, true or not, are one such draw, in which the true ones have
 * no place of their own: any {@code k}-th surrogates of all may change places with them, where each identifier has as many. (Matched
 * dates may not, as each takes the first weeks that suit it.) Where a source has too few, they are dealt out in turn. Which names
 * stand elsewhere in the training data makes no difference: to leave these out of the surrogates would tell the true one, which does
 * stand there.
 *
 * <p>Immutable, so it can be used by several threads if the tokenizer can.
 */
public final class Surrogates {

    /** Of one identifier, at most. */
    public static final int MOST = 10_000;
    /** Proposals that are looked at for one identifier, lest a search for what is rare never ends. */
    private static final int MOST_PROPOSALS = 100_000;

    private final int count;
    private final int fewest;
    private final long seed;
    private final boolean matchedInLength;
    private final Optional<ToIntFunction<String>> tokens;

    private Surrogates(int count, int fewest, long seed, boolean matchedInLength, Optional<ToIntFunction<String>> tokens) {
        this.count = count;
        this.fewest = fewest;
        this.seed = seed;
        this.matchedInLength = matchedInLength;
        this.tokens = tokens;
    }

    /** 15 of any length, at least 3, by the seed 1. */
    public static Surrogates withDefaults() {
        return new Surrogates(15, 3, 1, false, Optional.empty());
    }

    /**
     * A copy that draws another number; at least as many as are needed, see {@link #withAtLeast}.
     *
     * @param surrogates of each identifier, if there are as many
     * @throws IllegalArgumentException if it is below the number that is needed, or above {@value #MOST}
     */
    public Surrogates withCount(int surrogates) {
        if (surrogates < fewest || surrogates > MOST) {
            throw new IllegalArgumentException("surrogates are " + surrogates + "; expected " + fewest + " to " + MOST);
        }
        return new Surrogates(surrogates, fewest, seed, matchedInLength, tokens);
    }

    /**
     * A copy that refuses identifiers with fewer surrogates than another number.
     *
     * @param surrogates from 1 to {@link #count()}
     * @throws IllegalArgumentException if it is not
     */
    public Surrogates withAtLeast(int surrogates) {
        if (surrogates < 1 || surrogates > count) {
            throw new IllegalArgumentException("at least " + surrogates + " surrogates; expected 1 to " + count);
        }
        return new Surrogates(count, surrogates, seed, matchedInLength, tokens);
    }

    /** A copy that draws others. */
    public Surrogates withSeed(long number) {
        return new Surrogates(count, fewest, number, matchedInLength, tokens);
    }

    /**
     * A copy that draws only what is of the true identifier's length class: 1 and 2 characters, 3 and 4, 5 and 6, 7 and 8, 9 to 11, 12 to
     * 15, and so on, each class a third longer. The classes are fixed, lest the true one be in the middle of its candidates.
     */
    public Surrogates matchedInLength() {
        return new Surrogates(count, fewest, seed, true, tokens);
    }

    /**
     * A copy that draws only what has as many tokens as the true identifier, in each way in which the patient's sentences write it.
     *
     * @param tokensOf how many tokens a text has; pure
     */
    public Surrogates matchedInTokens(ToIntFunction<String> tokensOf) {
        return new Surrogates(count, fewest, seed, matchedInLength, Optional.of(tokensOf));
    }

    /** Of each identifier, if there are as many. */
    public int count() {
        return count;
    }

    /** With fewer an identifier is refused. */
    public int atLeast() {
        return fewest;
    }

    /**
     * Draws surrogates, as their source spells them.
     *
     * @param identities all of a patient's of the source's type
     * @param source     proposes
     * @param patient    anything that names nobody else
     * @param others     keys of the patient's identifiers, of which no surrogate may be one
     * @return for each identity, in order, its surrogates
     */
    List<List<String>> draw(List<Identity> identities, SurrogateSource source, String patient, Collection<String> others) {
        List<Iterator<String>> proposals = source.proposals(identities.stream().map(Identity::firstSpelling).toList(),
                Seeds.of(seed, source.type(), patient));
        if (proposals.size() != identities.size()) {
            throw new IllegalArgumentException("the source of surrogates for " + source.type() + " proposed for " + proposals.size()
                    + " identifiers, and was asked for " + identities.size());
        }
        Set<String> taken = new HashSet<>(others);
        List<Drawing> drawings = new ArrayList<>();
        for (int place = 0; place < identities.size(); place++) {
            drawings.add(new Drawing(identities.get(place), proposals.get(place)));
        }
        boolean goesOn = true;
        for (int round = 0; round < count && goesOn; round++) {
            goesOn = false;
            for (Drawing drawing : drawings) {
                goesOn |= drawing.drawOne(taken);
            }
        }
        return drawings.stream().map(drawing -> drawing.drawn).toList();
    }

    /** The surrogates of one identity, in making. */
    private final class Drawing {

        private final Identity identity;
        private final Iterator<String> proposals;
        private final List<String> drawn = new ArrayList<>();
        private int proposed;

        private Drawing(Identity identity, Iterator<String> proposals) {
            this.identity = identity;
            this.proposals = proposals;
        }

        private boolean drawOne(Set<String> taken) {
            while (proposed < MOST_PROPOSALS && proposals.hasNext()) {
                String proposal = proposals.next();
                proposed++;
                if (isAlike(proposal) && taken.add(IdentifierKey.of(proposal))) {
                    drawn.add(proposal);
                    return true;
                }
            }
            return false;
        }

        private boolean isAlike(String proposal) {
            return (!matchedInLength || lengthClass(proposal) == lengthClass(identity.firstSpelling()))
                    && (tokens.isEmpty() || identity.spellings().entrySet().stream().allMatch(spelling -> tokens.get()
                            .applyAsInt(spelling.getKey().written(proposal)) == tokens.get().applyAsInt(spelling.getValue())));
        }
    }

    /** Which of the classes of lengths an identifier is in. */
    static int lengthClass(String identifier) {
        int length = IdentifierKey.of(identifier).length();
        int number = 0;
        for (int last = 2; last < length; last += Math.max(2, (last + 1) / 3)) {
            number++;
        }
        return number;
    }
}
