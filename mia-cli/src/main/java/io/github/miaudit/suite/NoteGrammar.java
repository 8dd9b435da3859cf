package io.github.miaudit.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One hospital's way of writing: templates with {slots}, and the word lists that fill them, read from text resources.
 *
 * <p>A slot is one of
 * <ul>
 *   <li>{@code {4..58}} or {@code {1.0..5.8}}: a number in the range, with as many decimals as written;
 *   <li>{@code {day -30..9}}: a date so many days after the admission;
 *   <li>{@code {drug}}: an entry of the word list {@code drug}, or of {@code she.drug} or {@code he.drug} where there is one;
 *   <li>{@code {Drug}}: the same, but drawn once for a patient and then kept - a fact of the patient.
 * </ul>
 */
record NoteGrammar(List<String> templates, List<String> boilerplate, DateTimeFormatter dates) {

    private static final Pattern SLOT = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern RANGE = Pattern.compile("(day )?(-?[0-9.]+?)\\.\\.(-?[0-9.]+)");

    private static final Map<String, List<String>> WORD_LISTS = wordLists();

    static NoteGrammar prose() {
        return read("", "d MMMM uuuu");
    }

    /** The abbreviations of another hospital. */
    static NoteGrammar shorthand() {
        return read("external-", "MM/dd/uuuu");
    }

    private static NoteGrammar read(String prefix, String datePattern) {
        return new NoteGrammar(lines(prefix + "templates.txt"), lines(prefix + "boilerplate.txt"),
                DateTimeFormatter.ofPattern(datePattern, Locale.ENGLISH));
    }

    /** A new patient, whose facts and sentences come from the random numbers alone. */
    Writer writer(Random random) {
        return new Writer(random);
    }

    /** Writes about one patient. */
    final class Writer {

        private final Random random;
        private final Map<String, String> facts = new HashMap<>();
        private final String sex;
        private final LocalDate admission;

        private Writer(Random random) {
            this.random = random;
            sex = random.nextBoolean() ? "she." : "he.";
            admission = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(5 * 365));
            int age = 19 + random.nextInt(76);
            facts.put("Age", Integer.toString(age));
            facts.put("Admitted", dates.format(admission));
            facts.put("Born", dates.format(admission.minusYears(age).minusDays(random.nextInt(365))));
        }

        String sentence() {
            return fill(templates.get(random.nextInt(templates.size())));
        }

        /** A sentence that says nothing about this patient; the lower of two draws makes the early ones common. */
        String boilerplate() {
            return boilerplate.get(Math.min(random.nextInt(boilerplate.size()), random.nextInt(boilerplate.size())));
        }

        private String fill(String template) {
            // Not replaceAll(function): the order of the draws is part of what makes a seed's notes reproducible.
            StringBuilder text = new StringBuilder();
            Matcher slots = SLOT.matcher(template);
            while (slots.find()) {
                slots.appendReplacement(text, Matcher.quoteReplacement(draw(slots.group(1))));
            }
            return slots.appendTail(text).toString();
        }

        private String draw(String slot) {
            Matcher range = RANGE.matcher(slot);
            if (range.matches()) {
                BigDecimal number = number(new BigDecimal(range.group(2)), new BigDecimal(range.group(3)));
                return range.group(1) == null ? number.toPlainString() : dates.format(admission.plusDays(number.intValueExact()));
            }
            if (!Character.isUpperCase(slot.charAt(0))) {
                return entry(slot);
            }
            String fact = facts.get(slot);
            if (fact == null) {
                fact = entry(slot.toLowerCase(Locale.ROOT));
                facts.put(slot, fact);
            }
            return fact;
        }

        private BigDecimal number(BigDecimal lowest, BigDecimal highest) {
            int steps = highest.subtract(lowest).unscaledValue().intValueExact();
            return lowest.add(BigDecimal.valueOf(random.nextInt(steps + 1), lowest.scale()));
        }

        private String entry(String name) {
            List<String> entries = WORD_LISTS.getOrDefault(sex + name, WORD_LISTS.get(name));
            if (entries == null) {
                throw new IllegalStateException("no word list for the slot {" + name + "}");
            }
            return fill(entries.get(random.nextInt(entries.size())));
        }
    }

    private static Map<String, List<String>> wordLists() {
        Map<String, List<String>> lists = new HashMap<>();
        for (String line : lines("vocabulary.txt")) {
            int colon = line.indexOf(": ");
            List<String> entries = lists.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>());
            entries.addAll(List.of(line.substring(colon + 2).split(" \\| ")));
        }
        return lists;
    }

    private static List<String> lines(String resource) {
        try (InputStream stream = NoteGrammar.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
