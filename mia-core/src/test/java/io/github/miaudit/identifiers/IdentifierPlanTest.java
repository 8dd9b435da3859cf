package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.identifiers.IdentifierCounts.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentifierPlanTest {

    private static final String MARKER = "Zzyzx";
    private static final ListedIdentifiers SURNAMES = ListedIdentifiers.of("surname",
            IntStream.range(0, 200).mapToObj(number -> MARKER + (char) ('a' + number / 20) + (char) ('a' + number % 20)).toList());
    private static final ListedIdentifiers HOSPITALS = ListedIdentifiers.of("hospital",
            List.of(MARKER + " Hospital", "St Mary's Hospital"));
    private static final IdentifierPlan PLAN = IdentifierPlan.of(
            IdentifierFinder.allOf(
                    List.of(SURNAMES, HOSPITALS, IdentifierFormat.DATES_DAY_FIRST, IdentifierFormat.AGES, DeidentificationMark.all())),
            List.of(SURNAMES, HOSPITALS, IdentifierFormat.DATES_DAY_FIRST), Surrogates.withDefaults());
    private static final List<Sample> SAMPLES = List.of(
            Sample.of("1", "7", "Mr " + MARKER + "aa came on 3 May 2031, aged 74, from ___."),
            Sample.of("2", "8", "Ms " + MARKER + "aa was in " + MARKER + " Hospital."),
            Sample.of("3", "007", "MR " + MARKER.toUpperCase() + "AA and " + MARKER + "ab left on 10 May 2031."),
            Sample.of("4", "On 3 May 2031 nothing was found."));

    private static List<PlannedMention> planned(List<Sample> samples) {
        List<PlannedMention> planned = new ArrayList<>();
        PLAN.of(samples, planned::add);
        return planned;
    }

    @Test
    void mentionsComeByPatient() {
        List<PlannedMention> planned = planned(SAMPLES);
        assertEquals(List.of("1 surname 0 2", "1 date 1 1", "3 surname 0 2", "3 surname 3 1", "3 date 4 1", "2 surname 5 1", "4 date 7 1"),
                planned.stream().map(mention -> mention.sample().id() + " " + mention.mention().type() + " " + mention.identity() + " "
                        + mention.occurrences()).toList());
        for (PlannedMention mention : planned) {
            assertEquals(15, mention.surrogates().stream().distinct().count());
            assertFalse(mention.surrogates().contains(mention.identifier()));
        }
    }

    @Test
    void aPatientKeepsSurrogatesHoweverSpelled() {
        List<PlannedMention> planned = planned(SAMPLES);
        List<String> first = planned.get(0).surrogates();
        assertEquals(first.stream().map(String::toUpperCase).toList(), planned.get(2).surrogates());
        assertTrue(Collections.disjoint(first, planned.get(3).surrogates()));
        assertFalse(first.contains(MARKER + "ab"));
        assertNotEquals(first, planned.get(5).surrogates()); // of another patient of the same name
        assertEquals("Mr " + first.get(0) + " came on 3 May 2031, aged 74, from ___.", planned.get(0).textWith(first.get(0)));
    }

    @Test
    void theOrderOfPatientsMakesNoDifference() {
        List<Sample> samples = new ArrayList<>();
        for (int patient = 0; patient < 20; patient++) {
            for (int sentence = 0; sentence < 3; sentence++) {
                samples.add(Sample.of(patient + "-" + sentence, "p" + patient, "Mr " + MARKER + "a" + (char) ('a' + patient % 7 + sentence)
                        + " on " + (1 + patient) + " May 2031"));
            }
        }
        Map<String, List<String>> surrogates = byPlace(samples);
        Collections.shuffle(samples, new Random(1));
        assertEquals(surrogates, byPlace(samples.stream().sorted((a, b) -> a.group().orElseThrow().compareTo(b.group().orElseThrow()))
                .sorted((a, b) -> a.id().split("-")[1].compareTo(b.id().split("-")[1])).toList()));
    }

    private static Map<String, List<String>> byPlace(List<Sample> samples) {
        return planned(samples).stream()
                .collect(Collectors.toMap(mention -> mention.sample().id() + mention.mention(), PlannedMention::surrogates));
    }

    @Test
    void countsWhatIsFoundAndWhatIsNotAudited() {
        IdentifierCounts counts = PLAN.of(SAMPLES, mention -> {
        });
        assertEquals(
                List.of("age 1 1 1 0 {NO_SOURCE=1}", "date 3 3 1 3 {}", "hospital 1 1 1 0 {TOO_FEW=1}", "removed 1 0 1 0 {PLACEHOLDER=1}",
                        "surname 4 3 2 4 {}"),
                counts.types().stream()
                        .map(type -> type.type() + " " + type.mentions() + " " + type.identifiers() + " " + type.patients() + " "
                                + type.audited() + " " + type.refused())
                        .toList());
        assertEquals(List.of(
                "age: 1 of 1 mentions are not audited, as there is no list or format to draw surrogates from; give one for age",
                "hospital: 1 of 1 mentions are not audited, as fewer than 3 surrogates could be drawn, of a list of 2; give a longer"
                        + " list, or match less",
                "removed: 1 of 1 mentions are not audited, as a mark stands in the identifier's place"), counts.remarks(3));
        assertEquals(Map.of(Refusal.TOO_FEW, 1L), counts.types().get(2).refused());
    }

    @Test
    void nothingTellsAnIdentifier() {
        List<PlannedMention> planned = planned(SAMPLES);
        String all = planned + " " + planned.get(0).mention() + PLAN + SURNAMES + HOSPITALS + PLAN.of(SAMPLES, mention -> {
        }) + Surrogates.withDefaults() + new Identity(MARKER, 1) + WrittenDate.of("3 May 2031", WrittenDate.Order.DAY_FIRST);
        assertFalse(all.contains(MARKER) || all.contains("2031"), all);
        assertEquals("PlannedMention[1, Mention[start=3, end=10, type=surname, content=IDENTIFIER], 15 surrogates]",
                planned.get(0).toString());
    }

    @Test
    void aTypeHasOneSource() {
        assertEquals("two sources of surrogates are of the type date; name them otherwise, or make one list of both",
                assertThrows(IllegalArgumentException.class, () -> IdentifierPlan.of(DeidentificationMark.all(),
                        List.of(IdentifierFormat.DATES_DAY_FIRST, IdentifierFormat.DATES_MONTH_FIRST), Surrogates.withDefaults()))
                        .getMessage());
    }
}
