package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;

/**
 * The folders that machine code is unpacked to.
 *
 * @param temporary for all kinds of files
 * @param cache     DJL's, for natives
 * @param unpacked  whether the natives lie there already
 */
record FolderFindings(Settings settings, FolderState temporary, FolderState cache, boolean unpacked) implements Examination {

    private static final long NATIVES = 480 * Bytes.MEBI; // PyTorch's for a CPU and the tokenizers'
    private static final long SMALL_FILES = 100 * Bytes.MEBI;
    private static final String TEMPORARY = "temporary";
    private static final String CACHE = "cache";

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fact(TEMPORARY, temporary.folder() + ", " + Bytes.text(temporary.free()) + " free"));
        String another = "name another folder to Java by -Djava.io.tmpdir=FOLDER in MIA_JAVA_OPTIONS";
        if (!temporary.writable()) {
            findings.add(Finding.fault(TEMPORARY, temporary.folder() + " can't be written to; make it so, or " + another));
        } else if (temporary.free() < SMALL_FILES) {
            findings.add(Finding.advice(TEMPORARY, temporary.folder() + " is nearly full; make room, or " + another));
        }
        if (!temporary.executable()) {
            findings.add(
                    Finding.advice(TEMPORARY, temporary.folder() + " is mounted so that no program there may run (noexec), so that --store"
                            + " fails, whose SQLite is unpacked there; " + another));
        }

        String instead = "set the environment variable " + settings.cacheSetting() + " to another folder";
        findings.add(Finding.fact(CACHE, cache.folder() + ", " + (unpacked ? "natives unpacked" : "natives not unpacked yet") + ", "
                + Bytes.text(cache.free()) + " free"));
        if (!unpacked && !cache.writable()) {
            findings.add(Finding.fault(CACHE, cache.folder() + " can't be written to, and natives are to be unpacked there; allow it, or "
                    + instead));
        } else if (!unpacked && cache.free() < NATIVES) {
            findings.add(Finding.fault(CACHE, "natives take " + Bytes.text(NATIVES) + " in " + cache.folder() + ", where "
                    + Bytes.text(cache.free()) + " are free; make room, or " + instead));
        }
        if (!cache.executable()) {
            findings.add(
                    Finding.fault(CACHE, cache.folder() + " is mounted so that no program there may run (noexec), and natives are loaded"
                            + " from there; " + instead));
        }
        return findings;
    }
}
