package io.github.miaudit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes notes of patients who are all alike to the writer: some sentences are said of many patients, some of a few and some of one. A
 * patient has words of its own, which come back in its sentences. A seed gives the same notes everywhere.
 */
final class GeneratedHospital {

    private static final List<String> TEMPLATES = List.of("The %s of the %s was %s on %s.", "Patient reports %s in the %s since %s.",
            "No %s, no %s and no %s were seen today.", "Started on %s because of %s, to be reviewed on %s.",
            "The %s was repeated and showed %s of the %s.", "Family history of %s, otherwise %s.", "Plan: %s after %s, then %s at home.");
    private static final int WORDS = 400;
    private static final int OWN_WORDS = 6;
    private static final int BOILERPLATE = 600;
    private static final double BOILERPLATE_SHARE = 0.5;
    private static final double OWN_SHARE = 0.3;
    private static final int NOTES = 3;
    private static final int SENTENCES = 10;

    private final Random random;

    GeneratedHospital(long seed) {
        random = new Random(seed);
    }

    /** The sentences of a patient's notes, note by note. */
    List<List<String>> patient() {
        List<String> own = IntStream.range(0, OWN_WORDS).mapToObj(word -> word(random.nextInt(20 * WORDS) + WORDS)).toList();
        return IntStream.range(0, NOTES).mapToObj(note -> IntStream.range(0, SENTENCES).mapToObj(sentence -> sentence(own)).toList())
                .toList();
    }

    /** A table of so many patients' notes, as {@code NOTEEVENTS.csv} is. */
    String table(String prefix, int patients) {
        StringBuilder table = new StringBuilder("SUBJECT_ID,TEXT\n");
        for (int patient = 0; patient < patients; patient++) {
            for (List<String> note : patient()) {
                table.append(prefix).append(patient).append(",\"").append(String.join("\n\n", note)).append("\"\n");
            }
        }
        return table.toString();
    }

    /** The sentences of so many patients. */
    List<String> sentences(int patients) {
        List<String> sentences = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            patient().forEach(sentences::addAll);
        }
        return sentences;
    }

    private String sentence(List<String> own) {
        if (random.nextDouble() < BOILERPLATE_SHARE) {
            int number = frequent(BOILERPLATE);
            return "Routine care " + word(number) + " was given as " + word(number + 7) + " and is to go on as before.";
        }
        String template = TEMPLATES.get(frequent(TEMPLATES.size()));
        int slots = template.split("%s", -1).length - 1;
        return String.format(template, (Object[]) IntStream.range(0, slots)
                .mapToObj(slot -> random.nextDouble() < OWN_SHARE ? own.get(random.nextInt(OWN_WORDS)) : word(frequent(WORDS)))
                .toArray(String[]::new));
    }

    /** Low numbers often, as words are in any language. */
    private int frequent(int count) {
        return (int) Math.pow(count, random.nextDouble()) - 1;
    }

    private static String word(int number) {
        return new Random(number).ints(4 + number % 5, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }
}
