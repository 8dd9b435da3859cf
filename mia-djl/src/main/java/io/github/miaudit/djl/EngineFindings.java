package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What came of loading all machine code and computing with it. */
record EngineFindings(EngineTrial.Outcome outcome) implements Examination {

    private static final String SUBJECT = "engine";
    private static final int ERRORS_TOLD = 3;

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        outcome.results().forEach(line -> findings.add(Finding.fact(SUBJECT, line)));
        if (!outcome.inTime()) {
            findings.add(Finding.fault(SUBJECT, outcome.lastStep() + " did not end in time; is the disk, or the GPU, in use by others?"));
        } else if (outcome.failure().isPresent()) {
            findings.add(Finding.fault(SUBJECT, outcome.lastStep() + " failed: " + outcome.failure().get()));
        } else if (outcome.exitCode() != 0) {
            findings.add(Finding.fault(SUBJECT, outcome.lastStep() + " ended the process with exit code " + outcome.exitCode()
                    + ", as natives do that don't fit each other or the machine; take natives of the versions that are told above"
                    + (lastErrors().isEmpty() ? "" : "; last it said: " + lastErrors())));
        }
        return findings;
    }

    private String lastErrors() {
        List<String> errors = outcome.errors().stream().filter(line -> !line.isBlank()).toList();
        return errors.subList(Math.max(0, errors.size() - ERRORS_TOLD), errors.size()).stream().map(String::strip)
                .collect(Collectors.joining(" / "));
    }
}
