package io.github.miaudit.data.preparation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.text.ContainedTexts;
import io.github.miaudit.text.NearDuplicates;
import io.github.miaudit.text.Normalisation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for many sentences in notes. A sentence stands in a note if the note holds it, wherever the note's lines and sentences end; it
 * nearly does if one of the note's sentences is similar. {@link DatasetPreparation} makes it of the sentences that may come into a dataset;
 * {@link Overlaps} keep what it finds. Immutable and thread-safe. It holds the sentences, and so does what {@link #toJson} writes: it is as
 * confidential as the notes.
 */
public final class SentenceSearch {

    private final List<String> sentences;
    private final SentenceSplitter splitter;
    private final Normalisation normalisation;
    private final double similarity;
    private final SeededOrder order;
    private final ContainedTexts contained;
    private final NearDuplicates near;
    private volatile @Nullable String digest; // once asked for

    private SentenceSearch(List<String> sentences, SentenceSplitter splitter, Normalisation normalisation, double similarity,
            SeededOrder order) {
        this.sentences = sentences;
        this.splitter = splitter;
        this.normalisation = normalisation;
        this.similarity = similarity;
        this.order = order;
        this.contained = ContainedTexts.of(sentences, normalisation);
        this.near = NearDuplicates.of(sentences, normalisation, similarity);
    }

    /**
     * A search.
     *
     * @param normalised    the sentences
     * @param splitter      cuts the notes into sentences
     * @param normalisation by which sentences are the same
     * @param similarity    from which on they nearly are
     * @param order         by which owners of notes are known
     */
    static SentenceSearch of(Collection<String> normalised, SentenceSplitter splitter, Normalisation normalisation, double similarity,
            SeededOrder order) {
        return new SentenceSearch(normalised.stream().distinct().sorted().toList(), splitter, normalisation, similarity, order);
    }

    /**
     * The search that {@link #toJson} wrote, on whatever machine. Takes as long as making it did: some seconds for a million sentences.
     *
     * @throws AuditException           if another version of MIAudit wrote it, which may cut notes otherwise
     * @throws IllegalArgumentException if it is no search
     */
    public static SentenceSearch parse(String json) {
        try {
            JsonObject search = JsonParser.parseString(json).getAsJsonObject();
            String version = search.get("version").getAsString();
            if (!version.equals(SoftwareVersions.miaudit())) {
                throw new AuditException("the search for overlaps was made by version " + version + " of MIAudit, but here is "
                        + SoftwareVersions.miaudit() + "; bring the same version to all machines");
            }
            List<String> sentences = new ArrayList<>();
            for (JsonElement sentence : search.getAsJsonArray("sentences")) {
                sentences.add(sentence.getAsString());
            }
            return of(sentences, new ClinicalSentenceSplitter(), Normalisation.valueOf(search.get("normalisation").getAsString()),
                    search.get("similarity").getAsDouble(), new SeededOrder(search.get("seed").getAsLong()));
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException("this is no search for overlaps that SentenceSearch.toJson wrote"); // a cause might quote it
        }
    }

    /**
     * All that another machine needs to search alike: sentences, settings and the version. Equal searches are written equally.
     *
     * @throws AuditException if notes are cut by a splitter of the caller's own, which another machine does not have
     */
    public String toJson() {
        if (!(splitter instanceof ClinicalSentenceSplitter)) {
            throw new AuditException(
                    "notes are cut by a splitter of your own (withSplitter), which other machines don't have; search on this"
                            + " one, or cut them by the usual splitter");
        }
        return json().toString();
    }

    /** SHA-256 of sentences, settings and version, in hexadecimal digits: searches that find the same have the same. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = HexFormat.of().formatHex(Sha256.newDigest().digest(json().toString().getBytes(StandardCharsets.UTF_8)));
            digest = known;
        }
        return known;
    }

    private JsonObject json() {
        JsonObject search = new JsonObject();
        search.addProperty("version", SoftwareVersions.miaudit());
        search.addProperty("splitter", splitter.getClass().getName());
        search.addProperty("normalisation", normalisation.name());
        search.addProperty("similarity", similarity);
        search.addProperty("seed", order.seed());
        JsonArray all = new JsonArray(sentences.size());
        sentences.forEach(all::add);
        search.add("sentences", all);
        return search;
    }

    /** Whose a training note is. */
    SeededOrder.Place trainingOwner(Optional<String> patient, String text) {
        return Owner.of(patient, text, order, Owner.TRAINING).place();
    }

    /** Looks in a note; a sentence may be told several times. */
    void search(String note, Consumer<String> exactly, Consumer<String> nearly) {
        contained.in(note).forEach(exactly);
        for (String sentence : splitter.split(note)) {
            Collection<String> found = near.similarTo(sentence);
            if (!found.isEmpty()) {
                String itself = normalisation.of(sentence);
                found.forEach(other -> (other.equals(itself) ? exactly : nearly).accept(other));
            }
        }
    }

    /** The number of a sentence among all, by which it is told without being told. */
    int number(String sentence) {
        return Collections.binarySearch(sentences, sentence);
    }

    /** The sentence of a number. */
    String sentence(int number) {
        return sentences.get(number);
    }

    /** How many sentences are looked for. */
    public int size() {
        return sentences.size();
    }

    /** How many there are, never one of them. */
    @Override
    public String toString() {
        return "SentenceSearch[" + sentences.size() + " sentences, " + normalisation + ", similarity " + similarity + "]";
    }
}
