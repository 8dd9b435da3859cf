package io.github.miaudit.benchmarks;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.StrataFigures.Stratum;
import io.github.miaudit.report.StrataFigures.Verdict;
import io.github.miaudit.report.StrataFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How often whole audits find a stratum, without a leak and with one of a tenth of the patients alone, and how often the intervals of all
 * nine strata hold their true AUC at once. Patients are by sex (2), age band (5) and disease (a tenth has it); their mean of two sentences
 * is normal; those with the disease are likelier or less likely on both sides. Prints a Markdown table. The argument is the number of
 * audits a row (default 1000).
 */
public final class StrataReport {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000)
            .withFalsePositiveRates(0.1).withSmallestCount(1);
    private static final double DEVIATION = Math.sqrt(1 + 0.5); // of a patient, and of the mean of two sentences
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** By how many deviations of a patient those with the disease leak, and how much less likely their notes are on both sides. */
    private record World(int patients, double leak, double harder) {

        private double trueArea(String variable, String stratum) {
            double rare = variable.equals("disease") ? stratum.equals("rare") ? 1 : 0 : 0.1;
            return IntStream.range(0, 2).mapToDouble(member -> IntStream.range(0, 2).mapToDouble(other -> share(rare, member)
                    * share(rare, other)
                    * NORMAL.cumulativeProbability((mean(member, leak) - mean(other, 0)) / DEVIATION / Math.sqrt(2))).sum()).sum();
        }

        private static double share(double rare, int isRare) {
            return isRare == 1 ? rare : 1 - rare;
        }

        private double mean(int isRare, double ofMember) {
            return isRare * (ofMember - harder);
        }
    }

    private StrataReport() {
    }

    public static void main(String[] arguments) {
        int audits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        System.out.printf("%d audits a row; in brackets 95 %% intervals.%n%n", audits);
        System.out.println("| Patients a side | Leak of the rare, true AUC among them | Less likely | A stratum is found | the rare one |"
                + " it is the worst | members can be told over all | all 9 intervals hold |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int patients : new int[] {100, 300}) {
            for (double[] world : new double[][] {{0, 0}, {0, 3}, {1, 3}, {2, 3}}) {
                row(new World(patients, world[0], world[1]), audits);
            }
        }
    }

    /** What an audit says. */
    private record Said(StrataFigures strata, Conclusion ofAll) {

        private boolean finds(String stratum) {
            return strata.variables().get(2).strata().stream().anyMatch(each -> each.name().equals(stratum) && each.found());
        }
    }

    private static void row(World world, int audits) {
        List<Said> said = IntStream.range(0, audits).parallel().mapToObj(audit -> audit(world, audit)).toList();
        System.out.printf(Locale.ROOT, "| %d | %.1f, %.2f | %.1f | %s |%n", world.patients, world.leak, world.trueArea("disease", "rare"),
                world.harder,
                String.join(" | ", share(said, each -> each.strata.verdict() == Verdict.FOUND), share(said, each -> each.finds("rare")),
                        share(said, each -> each.strata.worst().filter(worst -> worst.stratum().equals("rare")).isPresent()),
                        share(said, each -> each.ofAll == Conclusion.MEMBERS_CAN_BE_TOLD), share(said, each -> hold(each.strata, world))));
    }

    private static boolean hold(StrataFigures strata, World world) {
        return strata.variables().stream().allMatch(variable -> variable.strata().stream().allMatch(
                (Stratum stratum) -> stratum.aucInterval().contains(world.trueArea(variable.name(), stratum.name()))));
    }

    private static String share(List<Said> said, Predicate<Said> is) {
        int count = (int) said.stream().filter(is).count();
        Interval interval = BinomialInterval.of(count, said.size(), 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / said.size(), 100 * interval.lower(),
                100 * interval.upper());
    }

    private static Said audit(World world, int number) {
        Random random = new Random(CounterRandom.mix(number, world.patients));
        StringBuilder losses = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("patient,sex,age,disease\n");
        for (String population : List.of("member", "non_member")) {
            for (int patient = 0; patient < world.patients; patient++) {
                boolean rare = patient < world.patients / 10;
                double own = random.nextGaussian() + (rare ? world.harder - (population.equals("member") ? world.leak : 0) : 0);
                strata.append(String.format(Locale.ROOT, "%s%d,%s,%d,%s%n", population, patient, patient % 2 == 0 ? "f" : "m", patient % 5,
                        rare ? "rare" : "common"));
                for (int sentence = 0; sentence < 2; sentence++) {
                    losses.append(String.format(Locale.ROOT, "%s,%d-%d,%s%d,%.9f,%.9f%n", population, patient, sentence, population,
                            patient, 50 + own + random.nextGaussian(), 50 + 1e-3 * random.nextGaussian()));
                }
            }
        }
        try {
            Path folder = Files.createTempDirectory("strata");
            Path ofLosses = Files.writeString(folder.resolve("losses.csv"), losses);
            Path ofStrata = Files.writeString(folder.resolve("strata.csv"), strata);
            AuditReport report = AuditReport.of(AuditResults.ofLosses(ofLosses, List.of("loss"), EVALUATION.withSeed(number))
                    .withStrata(Strata.read(ofStrata), Optional.empty()));
            Files.delete(ofLosses);
            Files.delete(ofStrata);
            Files.delete(folder);
            return new Said(report.document().strata().orElseThrow(), report.document().main().conclusion());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
