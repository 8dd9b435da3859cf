package io.github.miaudit.report.output;

import com.google.gson.JsonElement;
import java.util.List;

/** Stub until the words are there. */
final class Wording {
    private Wording() { }
    static String answer(AuditDocument audit) { return "Yes."; }
    static List<String> meaning(AuditDocument audit) { return List.of("At 1 %"); }
    static String verdict(AuditDocument.Validity v) { return v.verdict(); }
    static List<String> nextSteps(AuditDocument audit) { return List.of("step"); }
    static String gapClass(AuditDocument.Token token) { double gap = token.gap().orElse(0.0); return gap > 4 ? "gap-3" : gap > 2 ? "gap-2" : gap > 0.5 ? "gap-1" : "gap-0"; }
    static String gap(AuditDocument.Token token) { return token.gap().map(g -> Numbers.plain(g, 2) + " nats").orElse(""); }
    static List<String> steps(AuditDocument.Datasheet s) { return s.sets().values().stream().flatMap(set -> set.keySet().stream()).distinct().toList(); }
    static String step(String s) { return s; }
    static String count(JsonElement e, int k) { return e == null || e.isJsonNull() ? "fewer than " + k : e.isJsonArray() ? e.toString() : e.getAsString(); }
}
