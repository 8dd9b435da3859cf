package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;

/**
 * Java itself.
 *
 * @param heap   the most bytes of the heap
 * @param direct the most bytes beside the heap that Java counts; bfloat16 weights are widened there
 */
record JavaFindings(Settings settings, long heap, long direct) implements Examination {

    private static final String SUBJECT = "java";
    private static final long USUAL = 512 * Bytes.MEBI;

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fact(SUBJECT, settings.property("java.version") + " of " + settings.property("java.vendor") + "; heap at most "
                + Bytes.text(heap) + ", direct buffers " + Bytes.text(direct)));
        if (settings.property("sun.arch.data.model").equals("32")) {
            findings.add(Finding.fault(SUBJECT, "this is a Java of 32 bits, for which there are no natives; install one of 64 bits"));
        }
        if (heap < USUAL) {
            findings.add(Finding.advice(SUBJECT, "a heap of " + Bytes.text(heap) + " is little for large datasets and for tokenizers; give"
                    + " it more, such as MIA_JAVA_OPTIONS=-Xmx4g"));
        }
        if (direct < USUAL) {
            findings.add(Finding.advice(SUBJECT, "direct buffers of " + Bytes.text(direct) + " may be too small for weights in bfloat16,"
                    + " which are widened there; give them more, such as MIA_JAVA_OPTIONS=-XX:MaxDirectMemorySize=4g"));
        }
        return findings;
    }
}
