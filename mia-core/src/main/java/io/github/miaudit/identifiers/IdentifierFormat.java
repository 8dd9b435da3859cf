package io.github.miaudit.identifiers;

import io.github.miaudit.data.Sample;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Identifiers that are known by how they are written, and others that are written likewise. What is found are guesses: a number of ten
 * digits with a valid check digit is an NHS number whatever it means. None is looked for across white space other than single blanks.
 *
 * <p>Surrogates leave as it is what tells a region, a range or an order, such as the first digits; so they are exact if the rest was given
 * at random. Not looked at are: what a date or an age means for the other dates and ages around it, holidays and weekends, dates in the
 * future, months of which days are named, ages that don't fit the text, and whether a number is anybody's.
 */
public enum IdentifierFormat implements IdentifierFinder, SurrogateSource {

    /**
     * Dates, such as {@code 3 May 2031}, {@code May 3rd, 2031}, {@code 3-May-31}, {@code 03/05/31}, {@code 2031-05-03},
     * {@code May 2031} and {@code 3 May}; of two numbers that both could be months the first is the day. All dates of a patient move
     * by the same number of weeks, within 20 years in which the true ones have a random place.
     */
    DATES_DAY_FIRST("date", new Dates(WrittenDate.Order.DAY_FIRST)),
    /** Likewise, but of two numbers that both could be months the first is the month. */
    DATES_MONTH_FIRST("date", new Dates(WrittenDate.Order.MONTH_FIRST)),
    /**
     * Times of day, such as {@code 9:05}, {@code 14:30:10}, {@code 2:30 pm} and {@code 1430h}. Others have as many digits and are as
     * round: to a quarter of an hour, to five minutes, or neither.
     */
    TIMES("time", new TimesOfDay()),
    /** British, North American and international telephone numbers; the last six digits change. */
    PHONE_NUMBERS("phone", new PhoneNumbers()),
    /** Ten digits in a row, or 3-3-4, of which the last one checks the others by modulus 11; the first three stay. */
    NHS_NUMBERS("nhs-number", new NhsNumbers()),
    /**
     * Four to twelve digits, with at most three letters before them, behind a word such as {@code MRN} or {@code hospital number}; letters
     * and a third of the digits stay, and so does the number of zeros that lead.
     */
    RECORD_NUMBERS("record-number", new RecordNumbers()),
    /** British postcodes in capitals; the outward half stays. */
    UK_POSTCODES("postcode", new UkPostcodes()),
    /** E-mail addresses; the domain stays. Exact for random ones only: one made of a name can be told from one made of none. */
    EMAIL_ADDRESSES("email", new EmailAddresses()),
    /**
     * Ages, such as {@code aged 74}, {@code 74-year-old} and {@code 74yo}, of which the number is the mention. Others are of the same
     * band, 0 to 17, 18 to 59, 60 to 89 or 90 to 120, and take the same article: "an 80" but "a 74".
     */
    AGES("age", new Ages());

    private final String type;
    private final WrittenFormat format;

    IdentifierFormat(String type, WrittenFormat format) {
        this.type = type;
        this.format = format;
    }

    /**
     * The format of a name.
     *
     * @param label such as {@code dates-day-first}
     * @throws IllegalArgumentException if none has it
     */
    public static IdentifierFormat named(String label) {
        return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("format of identifiers is " + label + "; expected one of "
                        + Arrays.stream(values()).map(IdentifierFormat::label).collect(Collectors.joining(", "))));
    }

    /** What it is called, such as {@code nhs-numbers}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public List<Mention> find(Sample sample) {
        LongestMentions longest = new LongestMentions(sample);
        longest.add(format.find(sample.text(), type));
        return longest.inOrder();
    }

    @Override
    public List<Iterator<String>> proposals(List<String> identifiers, long seed) {
        return format.proposals(identifiers, seed);
    }
}
