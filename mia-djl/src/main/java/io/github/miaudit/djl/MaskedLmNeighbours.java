package io.github.miaudit.djl;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        if (generator.tokenizer().isTooLong(sample)) {
            return List.of();
        }
        TokenSequence tokens = generator.tokenizer().tokenise(sample);
        Set<String> seen = new HashSet<>();
        List<Sample> neighbours = new ArrayList<>();
        for (Swap swap : swaps(sample, generator.view(tokens, LengthPolicy.TRUNCATE).shown())) {
            if (neighbours.size() == count) {
                break;
            }
            generator.tokenizer().swapped(sample, tokens, swap.position, swap.id).filter(seen::add)
                    .ifPresent(text -> neighbours.add(new Sample(sample.id(), sample.group(), text)));
        }
        return neighbours;
    }

    @Override
    public void close() {
        generator.close();
    }

    /** A token in the place of another. */
    private record Swap(int position, int id, double weight) {
    }

    private List<Swap> swaps(Sample sample, TokenSequence shown) {
        List<PlannedRow> rows = new ArrayList<>();
        ScoringPass pass = generator.newPass();
        RowPacker packer = new RowPacker(generator.budget(), pass::add);
        for (MaskedRow mask : MaskingRule.original().rows(shown)) {
            PlannedRow row = new PlannedRow(sample.id(), shown, mask, () -> {
            });
            rows.add(row);
            packer.add(row);
        }
        packer.flush();
        pass.finish();
        List<Swap> swaps = new ArrayList<>();
        for (PlannedRow row : rows) {
            int position = row.targets()[0];
            if (!Float.isFinite(row.value(0, 0))) {
                throw new AuditException("sentence " + sample.id() + " has a log-likelihood of " + row.value(0, 0) + " at token " + position
                        + " by generator " + generator.identity().name() + "; does the model overflow?");
            }
            double rest = -Math.expm1(row.value(0, 0));
            for (int rank = 1; rank <= CANDIDATES; rank++) {
                int id = (int) row.value(CANDIDATES + rank, 0);
                if (id != shown.id(position)) {
                    swaps.add(new Swap(position, id, Math.exp(row.value(rank, 0)) / (rest > 0 ? rest : LEAST_DENOMINATOR)));
                }
            }
        }
        swaps.sort(Comparator.comparingDouble(Swap::weight).reversed()); // stable
        return swaps;
    }
}
