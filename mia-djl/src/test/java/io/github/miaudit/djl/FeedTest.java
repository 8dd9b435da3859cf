package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sentences that are read on several threads, for a device that only pretends to compute. */
class FeedTest {

    private static final List<Sample> SENTENCES = IntStream.range(0, 500).mapToObj(number -> Sample.of("s" + number,
            "the patient was seen on day " + number + " of May" + " and again".repeat(number % 40))).toList();

    /** Says of each scored token minus its id; fails at a batch. */
    private record StandIn(int failing, int[] calls) implements ScoringNetwork {

        @Override
        public float[] values(PackedRows rows) {
            if (calls[0]++ == failing) {
                throw new EngineException("a failure");
            }
            float[] values = new float[rows.targets().length];
            IntStream.range(0, values.length).forEach(target -> values[target] = -rows.targets()[target]);
            return values;
        }

        @Override
        public ScoringNetwork with(Readout readout) {
            return this;
        }

        @Override
        public Device device() {
            return Device.gpu(0);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void everySentenceGetsItsOwnTokensByEveryRule() {
        Set<MaskingRule> rules = MaskingRule.names().stream().map(name -> MaskingRule.named(name).orElseThrow())
                .filter(rule -> rule.paddedLength().isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
        try (MaskedLmScorer scorer = scorer(-1)) {
            Map<MaskingRule, List<SequenceScore>> scores = scorer.score(SENTENCES, rules, ScoringListener.NONE);
            for (MaskingRule rule : rules) {
                for (int place = 0; place < SENTENCES.size(); place++) {
                    SequenceScore score = scores.get(rule).get(place);
                    assertEquals(SENTENCES.get(place).id(), score.id());
                    assertEquals(Arrays.stream(score.tokenIds()).mapToObj(id -> -(double) id).toList(),
                            Arrays.stream(score.logLikelihoods()).boxed().toList());
                }
                List<Sample> few = SENTENCES.subList(40, 42); // each alone: in no chunk and no batch with others
                for (Sample sample : few) {
                    assertEquals(Arrays.toString(scorer.score(List.of(sample), rule).get(0).tokenIds()),
                            Arrays.toString(scores.get(rule).get(SENTENCES.indexOf(sample)).tokenIds()), rule.label());
                }
            }
        }
    }

    @Test
    void nobodyReadsAfterAFailureWhenTheTokenizerIsClosed() {
        for (int batch = 0; batch < 20; batch++) {
            try (MaskedLmScorer scorer = scorer(batch)) {
                assertThrows(AuditException.class, () -> scorer.score(SENTENCES, MaskingRule.original()));
            } // a thread that still read would end the process
        }
    }

    private static MaskedLmScorer scorer(int failing) {
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(Golden.ROBERTA.folder());
        ModelIdentity model = new ModelIdentity("stand-in", "", tokenizer.digest(), tokenizer.vocabularySize(), tokenizer.casing(),
                "none", LengthPolicy.WINDOW, "none");
        DevicePool pool = new DevicePool(model.name(), tokenizer.maskId(), new TokenBudget(1000),
                List.of(new StandIn(failing, new int[1])));
        return new MaskedLmScorer(Golden.ROBERTA.folder(), new OpenModel(model, tokenizer, pool, OptionalInt.of(64), OptionalInt.of(1),
                Optional.empty()),
                MaskedLmOptions.withDefaults());
    }
}
