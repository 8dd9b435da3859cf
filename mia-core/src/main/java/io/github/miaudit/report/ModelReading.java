package io.github.miaudit.report;

import io.github.miaudit.evaluation.ModelSummary;
import io.github.miaudit.likelihood.SequenceScore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a model read the data.
 *
 * @param role             of the model in the audit
 * @param name             the model's
 * @param vocabularySize   tokens that it tells apart
 * @param tokensPerWord    content tokens a word, to 0.01
 * @param unknownTokenRate unknown tokens among all content tokens, up to two digits
 * @param specialLiterals  sentences in whose text a special token was read as one
 * @param sentences        how many have which status
 */
public record ModelReading(ModelSummary.Role role, String name, int vocabularySize, double tokensPerWord, double unknownTokenRate,
        long specialLiterals, Map<SequenceScore.Status, Long> sentences) {

    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");

    /** Copies the map, in the order of the statuses. */
    public ModelReading {
        Map<SequenceScore.Status, Long> copy = new EnumMap<>(SequenceScore.Status.class);
        copy.putAll(sentences);
        sentences = Collections.unmodifiableMap(copy);
    }

    static List<ModelReading> of(List<ModelSummary> models) {
        return models.stream().map(ModelReading::of).toList();
    }

    private static ModelReading of(ModelSummary summary) {
        return new ModelReading(summary.role(), summary.model().name(), summary.model().vocabularySize(),
                Digits.multiple(summary.tokensPerWord(), HUNDREDTH, RoundingMode.HALF_EVEN), Digits.upToTwo(summary.unknownTokenRate()),
                summary.specialLiterals(), summary.sentences());
    }
}
