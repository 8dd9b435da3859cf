package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Ways to propose surrogates. */
final class Proposals {

    private static final int DIGITS = 10;
    private static final String VOWELS = "aeiou";
    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxyz";

    private Proposals() {
    }

    /** One after the other, without end. */
    static Iterator<String> endless(Supplier<String> one) {
        return Stream.generate(one).iterator();
    }

    /** All of a class in random order. */
    static Iterator<String> shuffled(List<String> all, CounterRandom random) {
        Shuffled order = new Shuffled(all.size(), random);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return order.hasNext();
            }

            @Override
            public String next() {
                return all.get(order.next());
            }
        };
    }

    /**
     * Other digits in the place of a text's, but for the first ones; as many zeros lead as did, and if there are only zeros, they stay.
     *
     * @param text may hold other characters, which stay
     * @param kept how many of its digits stay
     */
    static String withOtherDigits(String text, int kept, CounterRandom random) {
        StringBuilder other = new StringBuilder(text);
        boolean leads = true;
        int digits = 0;
        for (int index = 0; index < text.length(); index++) {
            char digit = text.charAt(index);
            if (isDigit(digit)) {
                if (digits >= kept && !(leads && digit == '0')) {
                    int least = leads ? 1 : 0;
                    other.setCharAt(index, (char) ('0' + least + random.nextInt(DIGITS - least)));
                }
                leads &= digit == '0';
                digits++;
            }
        }
        return other.toString();
    }

    /** Other letters of the Latin alphabet, vowels in the place of vowels, each of the same case. */
    static String withOtherSounds(String text, CounterRandom random) {
        StringBuilder other = new StringBuilder(text);
        for (int index = 0; index < text.length(); index++) {
            char lower = Character.toLowerCase(text.charAt(index));
            if (lower >= 'a' && lower <= 'z') {
                String letters = VOWELS.indexOf(lower) >= 0 ? VOWELS : CONSONANTS;
                char letter = letters.charAt(random.nextInt(letters.length()));
                other.setCharAt(index, Character.isUpperCase(text.charAt(index)) ? Character.toUpperCase(letter) : letter);
            }
        }
        return other.toString();
    }

    /** A text's digits alone. */
    static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(character -> isDigit((char) character)).forEach(digits::appendCodePoint);
        return digits.toString();
    }

    /** A number below 100, with a zero before it if it is below 10. */
    static String twoDigits(int number) {
        return number < DIGITS ? "0" + number : Integer.toString(number);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
