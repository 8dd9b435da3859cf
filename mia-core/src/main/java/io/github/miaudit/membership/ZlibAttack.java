package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;

/**
 * The zlib ratio, experimental: what the target finds likely though it does not compress. {@code s = ll_T / bytes},
 * the mean log-likelihood of a token over the length of the sentence under zlib. Needs no reference. Defined for causal
 * models; for masked ones there is no published validation. By default by the maskless rule.
 *
 * <p>Source: Carlini et al. 2021, arXiv 2012.07805.
 */
public final class ZlibAttack extends LogLikelihoodAttack<ZlibAttack> {

    private static final ZlibAttack DEFAULTS = new ZlibAttack(LogLikelihood.mean(MaskingRule.maskless()));

    private ZlibAttack(LogLikelihood logLikelihood) {
        super(logLikelihood);
    }

    /** The attack by the maskless rule. */
    public static ZlibAttack withDefaults() {
        return DEFAULTS;
    }

    @Override
    ZlibAttack with(LogLikelihood other) {
        return new ZlibAttack(other);
    }

    @Override
    public String name() {
        return "experimental-zlib";
    }

    @Override
    public String definition() {
        return "s = ll_T / bytes of the zlib-compressed text; ll = " + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.zlibRatio(logLikelihood.of(table.target(), population), table.target()
                .scores(logLikelihood.rule(), population).stream().mapToInt(score -> score.measures().compressedLength()).toArray());
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-zlib", settings -> DEFAULTS);
        }
    }
}
