package io.github.miaudit.data.preparation;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.UnorderedDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sentences of a {@link SentenceSearch} stand in notes, exactly or nearly, and of whom, as far as the notes were searched. Of each
 * sentence two owners are kept, those that come first in the search's seeded order: enough to tell whether anybody says it beside its own.
 * So it makes no difference in which order notes are added, and in how many parts that are merged. Thread-safe.
 */
public final class Overlaps {

    private static final int ENOUGH = 2;
    private static final String EXACTLY = "exactly";
    private static final String NEARLY = "nearly";

    private final SentenceSearch search;
    private final SearchedNotes searched = new SearchedNotes();
    private final Map<String, List<SeededOrder.Place>> exactly = new ConcurrentHashMap<>();
    private final Map<String, List<SeededOrder.Place>> nearly = new ConcurrentHashMap<>();

    private Overlaps(SentenceSearch search) {
        this.search = search;
    }

    /** Those of no notes yet. */
    public static Overlaps of(SentenceSearch search) {
        return new Overlaps(search);
    }

    /**
     * Searches a training note.
     *
     * @param patient whose it is, however spelt; empty, or a name that is nobody's such as {@code NULL}, if that is not known
     * @param text    the note, character by character as the training files have it; a blank one says nothing, and does not count
     */
    public void addTrainingNote(Optional<String> patient, String text) {
        searched.add(patient, text);
        add(text, search.trainingOwner(patient, text));
    }

    /** Searches a note. */
    void add(String text, SeededOrder.Place owner) {
        search.search(text, sentence -> add(exactly, sentence, List.of(owner)), sentence -> add(nearly, sentence, List.of(owner)));
    }

    /**
     * Takes what was found in other notes.
     *
     * @throws IllegalArgumentException if these were searched for something else
     */
    public void merge(Overlaps other) {
        if (other.search != search && !other.search.digest().equals(search.digest())) {
            throw new IllegalArgumentException("overlaps are those of another search; merge what one search found");
        }
        searched.add(other.searched.digest());
        other.exactly.forEach((sentence, owners) -> add(exactly, sentence, owners));
        other.nearly.forEach((sentence, owners) -> add(nearly, sentence, owners));
    }

    private static void add(Map<String, List<SeededOrder.Place>> found, String sentence, List<SeededOrder.Place> owners) {
        List<SeededOrder.Place> known = found.getOrDefault(sentence, List.of());
        if (owners.stream().anyMatch(owner -> isNews(owner, known))) { // most sentences of many patients have their first ones by now
            found.merge(sentence, owners,
                    (some, others) -> Stream.concat(some.stream(), others.stream()).distinct().sorted().limit(ENOUGH).toList());
        }
    }

    private static boolean isNews(SeededOrder.Place owner, List<SeededOrder.Place> known) {
        return !known.contains(owner) && (known.size() < ENOUGH || owner.compareTo(known.get(ENOUGH - 1)) < 0);
    }

    /** Whether the sentence stands in the notes of anybody else than its owner. */
    boolean holdOfOthers(Candidate sentence) {
        return holds(exactly, sentence);
    }

    /** Whether it nearly does. */
    boolean nearlyHoldOfOthers(Candidate sentence) {
        return holds(nearly, sentence);
    }

    private static boolean holds(Map<String, List<SeededOrder.Place>> found, Candidate sentence) {
        return found.getOrDefault(sentence.normalised(), List.of()).stream().anyMatch(owner -> !owner.equals(sentence.owner().place()));
    }

    /**
     * Makes sure that these are what all training notes say of the sentences.
     *
     * @param wanted what is looked for
     * @param notes  of the training files
     * @throws AuditException if anything else was looked for, or other notes were searched
     */
    void requireAll(SentenceSearch wanted, UnorderedDigest notes) {
        if (!wanted.digest().equals(search.digest())) {
            throw new AuditException("overlaps were searched for with other sentences or settings than this preparation has; search again");
        }
        UnorderedDigest found = searched.digest();
        if (!found.equals(notes)) {
            throw new AuditException("overlaps were searched for in " + found.count() + " notes, but the training files hold "
                    + notes.count() + (found.count() == notes.count() ? " others" : "") + ", without blank ones and with what can be"
                    + " read of bad rows; search all of them, each with its patient, and character by character as the files have it");
        }
    }

    /** What was found, as text that tells no sentence and no patient by name: numbers, and where owners come in the seeded order. */
    public String toText() {
        StringBuilder text = new StringBuilder(search.digest()).append(' ').append(exactly.size() + nearly.size()).append(' ')
                .append(searched.digest()).append('\n');
        append(text, EXACTLY, exactly);
        append(text, NEARLY, nearly);
        return text.toString();
    }

    private void append(StringBuilder text, String how, Map<String, List<SeededOrder.Place>> found) {
        Map<Integer, List<SeededOrder.Place>> byNumber = new TreeMap<>();
        found.forEach((sentence, owners) -> byNumber.put(search.number(sentence), owners));
        byNumber.forEach((number, owners) -> text.append(how).append(' ').append(number).append(' ')
                .append(owners.stream().map(SeededOrder.Place::toText).collect(Collectors.joining(" "))).append('\n'));
    }

    /**
     * What {@link #toText} wrote.
     *
     * @param search of which it is
     * @throws AuditException if it is of another search, or is not whole
     */
    public static Overlaps parse(SentenceSearch search, String text) {
        Overlaps overlaps = of(search);
        try {
            String[] lines = text.split("\n");
            String[] head = lines[0].split(" ", 3);
            if (!head[0].equals(search.digest())) {
                throw new AuditException("overlaps are those of other sentences or settings, of digest " + head[0] + "; search again");
            }
            if (Integer.parseInt(head[1]) != lines.length - 1) {
                throw new IllegalArgumentException("lines are missing");
            }
            overlaps.searched.add(UnorderedDigest.parse(head[2]));
            for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                String[] parts = line.split(" ");
                List<SeededOrder.Place> owners = Stream.of(parts).skip(2).map(SeededOrder.Place::parse).toList();
                if (!List.of(EXACTLY, NEARLY).contains(parts[0]) || owners.isEmpty()) {
                    throw new IllegalArgumentException("a line tells of no owner");
                }
                add(parts[0].equals(EXACTLY) ? overlaps.exactly : overlaps.nearly, search.sentence(Integer.parseInt(parts[1])), owners);
            }
            return overlaps;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new AuditException("overlaps are damaged; search again", e);
        }
    }

    /** How many notes were searched, blank ones not counted. */
    public long notes() {
        return searched.digest().count();
    }

    /** How many there are, never a sentence. */
    @Override
    public String toString() {
        return "Overlaps[" + exactly.size() + " exact, " + nearly.size() + " near, in " + notes() + " notes]";
    }
}
