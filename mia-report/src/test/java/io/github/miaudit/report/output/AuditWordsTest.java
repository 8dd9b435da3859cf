package io.github.miaudit.report.output;

import static io.github.miaudit.report.output.EditedAudit.at;
import static io.github.miaudit.report.output.EditedAudit.nothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Validity.Verdict;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditWordsTest {

    private static EditedAudit concluding(String conclusion) {
        return new EditedAudit().edit(audit -> {
            audit.root().addProperty("conclusion", conclusion);
            audit.comparison().addProperty("conclusion", conclusion);
            audit.comparison().addProperty("strongestAttack", "likelihood-ratio");
            audit.attack().addProperty("auc", 0.8487);
            audit.attack().add("aucInterval",
                    JsonParser.parseString("{\"lower\": 0.827, \"upper\": 0.869, \"level\": 0.95, \"method\": \"score\"}"));
        });
    }

    /** At FPR 0.01, as if there were enough patients. */
    private static EditedAudit atOnePercent() {
        return concluding("MEMBERS_CAN_BE_TOLD").edit(audit -> {
            JsonObject point = at(audit.attack(), "tprAtFpr", 1);
            point.addProperty("tpr", 0.2354);
            point.addProperty("truePositives", 113);
            point.add("tprInterval",
                    JsonParser.parseString("{\"lower\": 0.19, \"upper\": 0.281, \"level\": 0.95, \"method\": \"score\"}"));
            JsonObject exposed = at(audit.byPatient(), "exposed", 1);
            exposed.addProperty("resolvable", true);
            exposed.addProperty("patients", 12);
        });
    }

    @Test
    void answersInWords() {
        assertEquals(
                "Comparison valid. Yes. A sentence from training scores above one that was held out in 84.9 % of pairs (95 %"
                        + " interval 82.7 % to 86.9 %; 50"
                        + " % is guessing).",
                AuditWords.explanation(concluding("MEMBERS_CAN_BE_TOLD").document()));
        assertTrue(AuditWords.explanation(concluding("NO_DIFFERENCE_DETECTED").document())
                .startsWith("Comparison valid. Not that this audit could detect. A sentence from training scores"));
        assertTrue(
                AuditWords.explanation(concluding("NOT_INTERPRETABLE").document())
                        .startsWith("Comparison valid. This comparison cannot tell. "));
        assertTrue(AuditWords.explanation(concluding("TOO_FEW").document())
                .contains("too few patients, or sentences, for an interval: it takes at least 5 in each set"));
    }

    @Test
    void hasWordsForEveryConclusionAndVerdict() {
        for (Conclusion conclusion : Conclusion.values()) {
            AuditDocument document = switch (conclusion) {
                case IDENTIFIERS_ARE_REMEMBERED -> SnapshotInputs.identifiersRemembered().document();
                case A_STRATUM_CAN_BE_TOLD -> StratifiedReports.rare(StrataInAuditTest.QUICK).document();
                default -> concluding(conclusion.name()).document();
            };
            assertTrue(AuditWords.explanation(document).endsWith("."));
            assertTrue(AuditWords.nextSteps(document).stream().allMatch(step -> step.endsWith("."))
                    && !AuditWords.nextSteps(document).isEmpty());
        }
        for (Verdict verdict : Verdict.values()) {
            String words = AuditWords.validity(concluding("NOT_INTERPRETABLE").document(),
                    new Validity(verdict, List.of(), Optional.empty(), List.of(), Optional.empty()));
            assertTrue(words.toUpperCase(Locale.ROOT).startsWith(verdict.name().replace('_', ' ')), words);
        }
    }

    @Test
    void saysWhatAnAttackMeansInSentencesAndPatients() {
        assertEquals("With 1 % false alarms, an attacker would name 113 of 400 member sentences (23.5 %, 95 % interval 19.0 % to 28.1 %)"
                + " and 12 of 40 patients.",
                AuditWords.atTheRate(atOnePercent().document()));
        assertTrue(AuditWords
                .atTheRate(atOnePercent().edit(few -> few.hideExposed(1)).document())
                .endsWith(" and fewer than 5 of 40 patients."));
        assertTrue(AuditWords.atTheRate(atOnePercent().edit(none -> nothing(none.attack(), "byPatient")).document())
                .endsWith("19.0 % to 28.1 %)."));
    }

    @Test
    void saysWhatCannotBeMeasured() {
        EditedAudit audit = atOnePercent().edit(edited -> {
            at(edited.byPatient(), "exposed", 1).addProperty("resolvable", false);
            at(edited.byPatient(), "exposed", 0).addProperty("patients", 20);
        });
        assertTrue(AuditWords.atTheRate(audit.document()).endsWith(
                ". Of patients, that rate can't be measured with 40 held-out patients; with 10 %, an attacker would name 20 of 40"
                        + " patients."));
        at(audit.byPatient(), "exposed", 0).addProperty("resolvable", false);
        assertTrue(AuditWords.atTheRate(audit.document()).endsWith("40 held-out patients, nor can any other that this audit looked at."));
        at(audit.attack(), "tprAtFpr", 1).addProperty("resolvable", false);
        assertTrue(AuditWords.atTheRate(audit.document()).startsWith("With 10 % false alarms, an attacker would name "));
        at(audit.attack(), "tprAtFpr", 0).addProperty("resolvable", false);
        assertEquals("No rate of false alarms that this audit looked at can be measured with 400 held-out sentences.",
                AuditWords.atTheRate(audit.document()));
    }

    @Test
    void advisesByWhatWasFound() {
        assertTrue(AuditWords.nextSteps(concluding("MEMBERS_CAN_BE_TOLD").document()).get(0)
                .startsWith("Keep the model, and access to it, among those who may "));
        assertTrue(String.join(" ", AuditWords.nextSteps(concluding("NOT_INTERPRETABLE").document())).contains("--match length"));
        assertTrue(String.join(" ", AuditWords.nextSteps(concluding("NO_DIFFERENCE_DETECTED").document())).contains("mia canaries"));
        List<String> more = AuditWords.nextSteps(concluding("MEMBERS_CAN_BE_TOLD").edit(audit -> {
            audit.comparison().getAsJsonObject("validity").addProperty("verdict", "SHIFTED");
            audit.comparison().getAsJsonObject("validity").add("overlap",
                    JsonParser.parseString("{\"exact\": 3, \"near\": 1, \"nearAmong\": 480}"));
            nothing(audit.attack(), "byPatient");
        }).document());
        assertEquals(6, more.size());
        assertTrue(more.get(2).startsWith("Train a control model"));
        assertTrue(more.get(3).startsWith("Make the two sets more alike"));
        assertTrue(more.get(4).contains("4 of them"));
        assertTrue(more.get(5).startsWith("Name the patient of each sentence"));
    }
}
