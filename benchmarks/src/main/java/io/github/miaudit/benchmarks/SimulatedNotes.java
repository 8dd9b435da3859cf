package io.github.miaudit.benchmarks;

import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.identifiers.IdentifierFinder;
import io.github.miaudit.identifiers.IdentifierFormat;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Notes whose identifiers were put in by a program, audited as a hospital's are. A patient has a surname, named in 1 to
 * {@value #MOST_MENTIONS} sentences, a record number in 1 to 4, a hospital in 1 to 3 and 1 to 3 dates; and one of the clinicians, named in
 * 1 or 2. Surnames and hospitals are drawn from lists, hospitals from so short a one that patients share them by chance. A part of the
 * patients is remembered by the target. Copies differ in one thing.
 *
 * @param patients   on each side
 * @param surrogates K
 * @param clinicians whose names are of the surnames' list; 0 for none
 * @param models     how they like what
 * @param exposed    the share of members that the target remembers
 * @param remembered what of them
 * @param written    what models write themselves
 */
record SimulatedNotes(int patients, int surrogates, int clinicians, SimulatedModel.Liking models, double exposed, Remembered remembered,
        Written written) {

    /** What the target remembers of patients. */
    enum Remembered {
        EVERYTHING, SURNAMES
    }

    /**
     * In what shares of mentions models write what.
     *
     * @param byTarget    surnames and hospitals of the lists, by the target and the control
     * @param byReference the same by the reference
     * @param recalled    of the mentions that the target remembers, the true one
     */
    record Written(double byTarget, double byReference, double recalled) {
        private static final Written NOTHING = new Written(0, 0, 0);
    }

    static final List<String> TYPES = List.of("date", "hospital", "record-number", "surname");

    private static final int MOST_MENTIONS = 6;
    private static final int PERMUTATIONS = 1000;
    private static final List<String> SURNAMES = names("son", 700);
    private static final List<String> HOSPITALS = names("ham", 450);
    private static final ListedIdentifiers SURNAME_LIST = ListedIdentifiers.of("surname", SURNAMES);
    private static final ListedIdentifiers HOSPITAL_LIST = ListedIdentifiers.of("hospital", HOSPITALS);
    private static final String[] MONTHS = {"January", "March", "May", "July", "August", "October", "December"};
    private static final int DAYS = 31; // of each of these months

    /** Nobody remembered. */
    static SimulatedNotes of(int patients, int surrogates, int clinicians, SimulatedModel.Liking models) {
        return new SimulatedNotes(patients, surrogates, clinicians, models, 0, Remembered.EVERYTHING, Written.NOTHING);
    }

    SimulatedNotes withExposed(double share, Remembered what) {
        return new SimulatedNotes(patients, surrogates, clinicians, models, share, what, written);
    }

    SimulatedNotes withWritten(Written other) {
        return new SimulatedNotes(patients, surrogates, clinicians, models, exposed, remembered, other);
    }

    /** An audit without a control and non-members; the same for the same seed. */
    IdentifierAudit audit(long seed) {
        List<Sample> members = notes("m", seed);
        SimulatedModel target = new SimulatedModel("target", seed, models, memory(members, exposed(seed)), writing(written.byTarget));
        return IdentifierAudit.of(members, plan(seed), target, model("reference", seed, written.byReference))
                .withEvaluation(Evaluation.withDefaults().withPermutations(PERMUTATIONS).withSeed(seed));
    }

    /** The same with a control, and as many non-members. */
    IdentifierAudit wholeAudit(long seed) {
        return audit(seed).withControl(model("control", seed, written.byTarget)).withNonMembers(notes("n", seed), plan(seed));
    }

    private IdentifierPlan plan(long seed) {
        return IdentifierPlan.of(IdentifierFinder.allOf(List.of(SURNAME_LIST, HOSPITAL_LIST, IdentifierFormat.RECORD_NUMBERS,
                IdentifierFormat.DATES_DAY_FIRST)),
                List.of(SURNAME_LIST, HOSPITAL_LIST, IdentifierFormat.RECORD_NUMBERS, IdentifierFormat.DATES_DAY_FIRST),
                Surrogates.withDefaults().withCount(surrogates).withSeed(seed));
    }

    private SimulatedModel model(String name, long seed, double entries) {
        return new SimulatedModel(name, seed, models, sample -> false, writing(entries));
    }

    private SimulatedModel.Writing writing(double entries) {
        return new SimulatedModel.Writing(SimulatedNotes::list, entries, written.recalled);
    }

    /** What the text says; a record number or a date is of no list. */
    private static List<String> list(Blank blank) {
        String text = blank.sample().text();
        return text.startsWith("Patient") || text.startsWith("Seen") ? SURNAMES : text.startsWith("Came") ? HOSPITALS : List.of();
    }

    /** The names of the members that the target remembers in the audit of a seed. */
    Set<String> exposed(long seed) {
        return IntStream.range(0, patients)
                .filter(patient -> new SplittableRandom(CounterRandom.mix(seed, patient)).nextDouble() < exposed)
                .mapToObj(patient -> "m" + patient).collect(Collectors.toSet());
    }

    private SimulatedModel.Memory memory(List<Sample> members, Set<String> names) {
        Set<String> ids = members.stream().filter(sample -> names.contains(sample.group().orElseThrow()))
                .filter(sample -> remembered == Remembered.EVERYTHING || sample.text().startsWith("Patient"))
                .filter(sample -> !sample.text().startsWith("Seen")) // a clinician is nobody's
                .map(Sample::id).collect(Collectors.toCollection(HashSet::new));
        return sample -> ids.contains(sample.id());
    }

    private List<Sample> notes(String side, long seed) {
        SplittableRandom random = new SplittableRandom(CounterRandom.mix(seed, side.hashCode()));
        List<Sample> notes = new ArrayList<>();
        List<String> staff = random.ints(clinicians, 0, SURNAMES.size()).mapToObj(SURNAMES::get).toList();
        for (int patient = 0; patient < patients; patient++) {
            String name = side + patient;
            Writer writer = new Writer(name, random, notes);
            writer.write("Patient %s was seen.", drawn(SURNAMES, random), MOST_MENTIONS);
            writer.write("The file is MRN %s now.", Integer.toString(random.nextInt(1_000_000, 10_000_000)), 4);
            writer.write("Came from %s today.", drawn(HOSPITALS, random), 3);
            for (int dates = 1 + random.nextInt(3); dates > 0; dates--) {
                writer.write("The visit was on %s.", 1 + random.nextInt(DAYS) + " " + MONTHS[random.nextInt(MONTHS.length)] + " "
                        + random.nextInt(2005, 2020), 2);
            }
            if (!staff.isEmpty()) {
                writer.write("Seen by %s again.", drawn(staff, random), 2);
            }
        }
        return notes;
    }

    private record Writer(String patient, SplittableRandom random, List<Sample> notes) {

        private void write(String form, String identifier, int mostMentions) {
            for (int left = 1 + random.nextInt(mostMentions); left > 0; left--) {
                notes.add(Sample.of(patient + "-" + notes.size(), patient, String.format(Locale.ROOT, form, identifier)));
            }
        }
    }

    private static String drawn(List<String> names, SplittableRandom random) {
        return names.get(random.nextInt(names.size()));
    }

    private static List<String> names(String ending, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "Z" + (char) ('a' + number / 26 / 26) + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26)
                        + ending)
                .toList();
    }
}
