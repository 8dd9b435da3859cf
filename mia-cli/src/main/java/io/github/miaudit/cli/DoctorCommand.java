package io.github.miaudit.cli;

import io.github.miaudit.djl.Finding;
import io.github.miaudit.djl.Installation;
import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code mia doctor}: whether this machine can score models, and what keeps it from that. */
@Command(name = "doctor",
        description = "Says what scoring would run on: Java, natives, GPUs, memory, cores, folders; what is wrong with them,"
                + " and what to do. Downloads nothing. Natives are tried in a process of their own. Exit code 1 if scoring will fail.")
final class DoctorCommand extends MiaCommand {

    @Override
    void execute() {
        List<Finding> faults = new ArrayList<>();
        Installation.examine(finding -> {
            print(finding);
            if (finding.weight() == Finding.Weight.FAULT) {
                faults.add(finding);
            }
        });
        if (!faults.isEmpty()) {
            throw new AuditException(faults.size() == 1 ? "1 fault, told above, keeps models from being scored"
                    : faults.size() + " faults, told above, keep models from being scored");
        }
    }

    private static void print(Finding finding) {
        String weight = finding.weight() == Finding.Weight.FACT ? "" : finding.weight().name().toLowerCase(Locale.ROOT) + ": ";
        System.out.println(String.format(Locale.ROOT, "%-15s", finding.subject()) + weight + finding.text());
        System.out.flush();
    }
}
