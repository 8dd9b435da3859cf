package io.github.miaudit.report.output;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All orders in which the scores of as many members and non-members can come, without ties. */
final class PatientOrders {

    private final int patients;

    PatientOrders(int patients) {
        this.patients = patients;
    }

    /**
     * For each order that gives the counts and the advantage that are told, how many members are found at each rate.
     *
     * @param told     figures by patient
     * @param rates    the false positive rates of their operating points
     * @param smallest the smallest count that is told
     */
    List<int[]> fitting(JsonObject told, double[] rates, int smallest) {
        List<int[]> fitting = new ArrayList<>();
        for (long order = 0; order < 1L << 2 * patients; order++) {
            if (Long.bitCount(order) == patients) {
                int[] above = above(order);
                int[] found = Arrays.stream(rates).mapToInt(rate -> found(above, rate)).toArray();
                if (fits(above, found, told, smallest)) {
                    fitting.add(found);
                }
            }
        }
        return fitting;
    }

    /** For each non-member, the highest first, how many members are above; at the end all. Bits are members, the highest score first. */
    private int[] above(long order) {
        int[] above = new int[patients + 1];
        int members = 0;
        int others = 0;
        for (int place = 0; place < 2 * patients; place++) {
            if ((order >> place & 1) == 1) {
                members++;
            } else {
                above[others++] = members;
            }
        }
        above[patients] = patients;
        return above;
    }

    private int found(int[] above, double rate) {
        return above[(int) Math.floor(rate * patients + 1e-9)];
    }

    private boolean fits(int[] above, int[] found, JsonObject told, int smallest) {
        for (int rate = 0; rate < found.length; rate++) {
            JsonObject point = told.getAsJsonArray("tprAtFpr").get(rate).getAsJsonObject();
            if (!switch (point.get("members").getAsString()) {
                case "EXACTLY" -> point.get("truePositives").getAsInt() == found[rate];
                case "FEW" -> found[rate] > 0 && found[rate] < smallest;
                case "ALL_BUT_FEW" -> found[rate] > patients - smallest;
                default -> true;
            }) {
                return false;
            }
        }
        JsonObject advantage = told.getAsJsonObject("bestAdvantage");
        double best = 0;
        for (int others = 0; others <= patients; others++) {
            best = Math.max(best, (above[others] - others) / (double) patients);
        }
        double figure = advantage.get("advantage").getAsDouble();
        if (advantage.get("suppressed").getAsBoolean()) {
            return best >= figure - 1e-9;
        }
        return best <= figure + 1e-9 && best > figure - 0.01 - 1e-9; // rounded up; so few warrant two digits
    }
}
