package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.RocCurve;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Curve, area, DeLong's interval and TPR at low FPR of ten million scores, different ones and equal ones. Run with a
 * small {@code -Xmx} it shows that they fit: the scores take 80 MB.
 */
public final class MemoryReport {

    private static final int EACH = 5_000_000;

    public static void main(String[] arguments) {
        SplittableRandom random = new SplittableRandom(1);
        double[] members = random.doubles(EACH).map(value -> value + 0.1).toArray();
        double[] nonMembers = random.doubles(EACH).toArray();
        print("different", members, nonMembers);
        Arrays.fill(members, 1);
        Arrays.fill(nonMembers, 1);
        print("equal", members, nonMembers);
    }

    private static void print(String kind, double[] members, double[] nonMembers) {
        double area = RocCurve.of(members, nonMembers).areaUnderCurve();
        double rate = RocCurve.of(members, nonMembers).bestAtFalsePositiveRate(0.001).truePositiveRate();
        System.out.printf("%s scores: AUC %.4f %s, TPR at FPR 0.001 %.4f; %d MB of heap%n", kind, area,
                DeLong.of(members, nonMembers).interval(0.95), rate, Runtime.getRuntime().maxMemory() >> 20);
    }
}
