package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CandidateRankTest {

    @Property
    void countsAreThoseOfAllComparisons(@ForAll @Size(min = 2, max = 40) List<@IntRange(max = 9) Integer> scores) {
        CandidateRank rank = ranks(scores).ofTrue();
        assertEquals(scores.stream().filter(score -> score > scores.get(0)).count(), rank.above());
        assertEquals(scores.stream().filter(score -> score.equals(scores.get(0))).count() - 1, rank.tied());
        assertEquals(scores.size() - 1, rank.others());
    }

    @Property
    void onlyTheOrderOfScoresCounts(@ForAll @Size(min = 2, max = 40) List<@IntRange(min = -9, max = 9) Integer> scores,
            @ForAll long seed) {
        CandidateRank rank = ranks(scores).ofTrue();
        assertEquals(rank, CandidateScores.of(scores.stream().mapToDouble(score -> Math.exp(score) - 3).toArray()).ranks().ofTrue());
        List<Integer> surrogates = new ArrayList<>(scores.subList(1, scores.size()));
        Collections.shuffle(surrogates, new Random(seed));
        surrogates.add(0, scores.get(0));
        assertEquals(rank, ranks(surrogates).ofTrue());
    }

    /** Whatever the ties: as each candidate in turn is the true one, the figures have the mean that is due to chance. */
    @Property
    void byChanceTiesChangeNoMean(@ForAll @Size(min = 2, max = 20) List<@IntRange(max = 5) Integer> scores,
            @ForAll @IntRange(min = 1, max = 25) int top) {
        List<CandidateRank> each = IntStream.range(0, scores.size()).mapToObj(first -> {
            List<Integer> turned = new ArrayList<>(scores);
            Collections.swap(turned, 0, first);
            return ranks(turned).ofTrue();
        }).toList();
        double candidates = scores.size();
        assertEquals((candidates + 1) / 2, each.stream().mapToDouble(CandidateRank::value).average().orElseThrow(), 1e-12);
        assertEquals(0.5, each.stream().mapToDouble(CandidateRank::normalised).average().orElseThrow(), 1e-12);
        assertEquals(Math.min(1, top / candidates), each.stream().mapToDouble(rank -> rank.chanceAmongTop(top)).average().orElseThrow(),
                1e-12);
    }

    /** {@code numpy.mean(numpy.log2(16 / numpy.arange(1, 17)))} and with 1001, NumPy 2.4.6. */
    @Test
    void exposureIsInBits() {
        assertEquals(4, new CandidateRank(15, 0, 0).exposure(), 1e-12);
        assertEquals(0, new CandidateRank(15, 15, 0).exposure(), 1e-12);
        assertEquals(1, new CandidateRank(15, 6, 2).exposure(), 1e-12);
        assertEquals(1.2343662206323363, CandidateRank.exposureByChance(15), 1e-12);
        assertEquals(1.4363918627684515, CandidateRank.exposureByChance(1000), 1e-12);
    }

    @Test
    void candidatesThatCannotBeToldApartAreInTheMiddle() {
        CandidateRank rank = CandidateScores.of(-2, -2, -2, -2).ranks().ofTrue();
        assertEquals(0.5, rank.normalised());
        assertEquals(0.25, rank.chanceAmongTop(1));
        assertEquals(new CandidateRank(1, 0, 1), CandidateScores.of(0.0, -0.0).ranks().ofTrue());
    }

    @Test
    void mentionsAddUp() {
        CandidateScores first = CandidateScores.of(-1, -2, -3);
        assertEquals(new CandidateRank(2, 0, 0), first.ranks().ofTrue());
        assertEquals(new CandidateRank(2, 2, 0), first.plus(CandidateScores.of(-5, -3, -2.5)).ranks().ofTrue());
        assertEquals("3 candidates but 2 candidates of another mention; the lengths must be equal",
                assertThrows(IllegalArgumentException.class, () -> first.plus(CandidateScores.of(-1, -2))).getMessage());
    }

    @Test
    void whatCannotBeRankedIsRefused() {
        assertEquals("surrogates are 0; at least 1 is needed",
                assertThrows(IllegalArgumentException.class, () -> CandidateScores.of(-1)).getMessage());
        assertEquals("candidate's score value 1 is NaN; it must be finite",
                assertThrows(IllegalArgumentException.class, () -> CandidateScores.of(-1, Double.NaN)).getMessage());
        assertEquals("32767 surrogates; at most 32766 can be ranked",
                assertThrows(IllegalArgumentException.class, () -> CandidateScores.of(new double[32_768])).getMessage());
        assertEquals(16_384, CandidateScores.of(new double[32_767]).ranks().ofTrue().value());
        assertEquals(Math.log(100_000) / Math.log(2), new CandidateRank(99_999, 0, 0).exposure(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new CandidateRank(3, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new CandidateRank(3, -1, 2));
        assertThrows(IllegalArgumentException.class, () -> new CandidateRank(3, 1, 2).chanceAmongTop(0));
    }

    private static CandidateRanks ranks(List<Integer> scores) {
        return CandidateScores.of(scores.stream().mapToDouble(Integer::doubleValue).toArray()).ranks();
    }
}
