package io.github.miaudit.djl;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Proposes neighbours of a sentence: it with one token swapped for another that a masked language model, the
 * generator, finds likely there. Each content token is masked in turn; of the {@value #CANDIDATES} likeliest tokens c at
 * its place, the swap weighs {@code P(c) / (1 - P(original))}, with 0.1 in place of a denominator of 0; the swaps that
 * weigh most are taken, at most {@link #withCount count}. A swap counts only if the new text reads as the same tokens
 * but for the one. Of a sentence that is too long for the generator, the first tokens are swapped.
 *
 * <p>The paper hides the original by dropping out its embedding; a mask token hides it wholly.
 *
 * <p>Costs a row a token, as rule {@code original} does, and then a scoring for each neighbour. Thread-safe until
 * closed.
 *
 * @see <a href="https://arxiv.org/abs/2305.18462">Mattern et al. 2023</a>
 */
public final class MaskedLmNeighbours implements Rewriting, AutoCloseable {

    private static final int CANDIDATES = 10;
    private static final int MOST_OPEN = 256;
    private static final double LEAST_DENOMINATOR = 0.1; // where nothing is left beside the original

    private final OpenModel generator;
    private final int count;

    private MaskedLmNeighbours(OpenModel generator, int count) {
        this.generator = generator;
        this.count = count;
    }

    /**
     * Opens a generator from a folder as {@link MaskedLmScorer} reads, for 50 neighbours a sentence, to be closed by the caller. Of
     * the options, device, precision and token budget matter here.
     *
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     * @throws AuditException       if the device is not there
     */
    public static MaskedLmNeighbours open(Path folder, MaskedLmOptions options) {
        return new MaskedLmNeighbours(OpenModel.open(folder, options, Readout.candidates(CANDIDATES)), 50);
    }

    /**
     * The generator with another number of neighbours; it shares the model: close one of them.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public MaskedLmNeighbours withCount(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("neighbours are " + most + "; at least 1 is needed");
        }
        return new MaskedLmNeighbours(generator, most);
    }

    @Override
    public String label() {
        return "up to " + count + " swaps of a token, by masks of " + generator.identity().name() + ", " + generator.identity().precision();
    }

    /**
     * The neighbours of a sentence, that of the greatest weight first; equal weights in the order of the tokens. A sentence of more than
     * 100 000 characters, which is not read, has none.
     *
     * @throws AuditException if the sentence can't be tokenised or a log-likelihood is not finite
     */
    @Override
    public List<Sample> rewrite(Sample sample) {
        return rewriteAll(List.of(sample)).get(0);
    }

    /**
     * {@inheritDoc} The generator is asked for many sentences at a time, and texts are put together meanwhile. Swaps that weigh the same
     * but for the noise of floats may change places.
     */
    @Override
    public List<List<Sample>> rewriteAll(List<Sample> samples) {
        List<SharedTask<List<Sample>>> texts = new ArrayList<>(Collections.nCopies(samples.size(), null));
        Deque<SharedTask<List<Sample>>> open = new ArrayDeque<>();
        ScoringPass pass = generator.newPass();
        RowPacker packer = new RowPacker(generator.budget(), pass::add);
        try {
            List<Integer> read = IntStream.range(0, samples.size()).filter(place -> !generator.tokenizer().isTooLong(samples.get(place)))
                    .boxed().toList();
            ReadAhead.forEach(read, place -> samples.get(place).text().length(), place -> new Proposal(samples.get(place), proposal -> {
                SharedTask<List<Sample>> text = SharedTask.of(proposal::neighbours);
                texts.set(place, text);
                open.add(text);
            }), proposal -> {
                proposal.start(packer::add);
                while (open.size() > MOST_OPEN) { // a proposal's values take more memory than its texts
                    open.remove().result();
                }
            });
            packer.flush();
            pass.finish();
            return texts.stream().map(text -> text == null ? List.<Sample>of() : text.result()).toList();
        } finally {
            open.forEach(SharedTask::awaitEnd); // they use what the caller may close
        }
    }

    @Override
    public void close() {
        generator.close();
    }

    /** A token in the place of another. */
    private record Swap(int position, int id, double weight) {
    }

    /** A sentence on its way through the generator. */
    private final class Proposal {

        private final Sample sample;
        private final TokenSequence tokens;
        private final List<PlannedRow> rows = new ArrayList<>();
        private final Consumer<Proposal> finished;
        private int pending;

        private Proposal(Sample sample, Consumer<Proposal> finished) {
            this.sample = sample;
            this.finished = finished;
            tokens = generator.tokenizer().tokenise(sample);
            TokenSequence shown = generator.view(tokens, LengthPolicy.TRUNCATE).shown();
            for (MaskedRow mask : MaskingRule.original().rows(shown)) {
                rows.add(new PlannedRow(sample.id(), shown, mask.masked(), mask.targets(), this::rowDone));
            }
            pending = rows.size();
        }

        private void start(Consumer<PlannedRow> sink) {
            if (rows.isEmpty()) {
                finished.accept(this);
            }
            rows.forEach(sink);
        }

        private void rowDone() {
            if (--pending == 0) {
                finished.accept(this);
            }
        }

        private List<Sample> neighbours() {
            CharSpan[] spans = generator.tokenizer().spans(sample);
            Set<String> seen = new HashSet<>();
            List<Sample> neighbours = new ArrayList<>();
            for (Swap swap : swaps()) {
                if (neighbours.size() == count) {
                    break;
                }
                generator.tokenizer().swapped(sample, spans[swap.position], tokens, swap.position, swap.id).filter(seen::add)
                        .ifPresent(text -> neighbours.add(new Sample(sample.id(), sample.group(), text)));
            }
            return neighbours;
        }

        private List<Swap> swaps() {
            List<Swap> swaps = new ArrayList<>();
            for (PlannedRow row : rows) {
                int position = row.targets()[0];
                if (!Float.isFinite(row.value(0, 0))) {
                    throw new AuditException("sentence " + sample.id() + " has a log-likelihood of " + row.value(0, 0) + " at token "
                            + position + " by generator " + generator.identity().name() + "; does the model overflow?");
                }
                double rest = -Math.expm1(row.value(0, 0));
                for (int rank = 1; rank <= CANDIDATES; rank++) {
                    int id = (int) row.value(CANDIDATES + rank, 0);
                    if (id != row.tokens().id(position)) {
                        swaps.add(new Swap(position, id, Math.exp(row.value(rank, 0)) / (rest > 0 ? rest : LEAST_DENOMINATOR)));
                    }
                }
            }
            swaps.sort(Comparator.comparingDouble(Swap::weight).reversed()); // stable
            return swaps;
        }
    }
}
