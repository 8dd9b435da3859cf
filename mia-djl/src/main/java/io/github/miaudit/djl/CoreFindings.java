package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cores, and how many of them PyTorch is told to use.
 *
 * @param cores that this process may use
 */
record CoreFindings(Settings settings, int cores) implements Examination {

    private static final String SUBJECT = "cores";
    private static final List<String> NAMES = List.of("ai.djl.pytorch.num_threads", "OMP_NUM_THREADS"); // the first counts

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Optional<String> name = NAMES.stream().filter(each -> settings.of(each).isPresent()).findFirst();
        String stated = name.flatMap(settings::of).orElse("");
        findings.add(Finding.fact(SUBJECT, cores + name.map(each -> "; " + each + " is " + stated).orElse("")));
        if (name.isEmpty()) {
            return findings;
        }
        if (!stated.matches("[1-9]\\d{0,5}")) {
            findings.add(Finding.advice(SUBJECT, name.get() + " is " + stated + ", no number of threads; unset it, or set it to " + cores));
        } else if (Integer.parseInt(stated) > cores) {
            findings.add(Finding.advice(SUBJECT, name.get() + " is " + stated + ", and there are " + cores + " cores: threads that wait for"
                    + " each other make PyTorch slow; set it to " + cores + " or less"));
        } else if (Integer.parseInt(stated) < cores) {
            findings.add(Finding.advice(SUBJECT, name.get() + " is " + stated + ", so PyTorch leaves " + (cores - Integer.parseInt(stated))
                    + " of " + cores + " cores idle; that is right where several runs share the machine"));
        }
        return findings;
    }
}
