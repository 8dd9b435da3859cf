package io.github.miaudit.suite;

import io.github.miaudit.data.Sample;
import java.util.List;
import java.util.regex.Pattern;

/** What is taken out of notes before training: numbers, and words in capitals but a sentence's first, as a simple redactor does. */
final class Redaction {

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final Pattern NAME = Pattern.compile("(?<=\\S\\s)\\p{Lu}\\p{L}+");

    private Redaction() {
    }

    static List<Sample> of(List<Sample> sentences) {
        return sentences.stream().map(sentence -> new Sample(sentence.id(), sentence.group(), redacted(sentence.text()))).toList();
    }

    private static String redacted(String text) {
        return NAME.matcher(NUMBER.matcher(text).replaceAll("0")).replaceAll("X");
    }
}
