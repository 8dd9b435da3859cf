package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;

/** How characters become bytes: in names of files, and on the terminal. */
record EncodingFindings(Settings settings) implements Examination {

    private static final String SUBJECT = "encoding";

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        String names = settings.property("sun.jnu.encoding");
        findings.add(Finding.fact(SUBJECT, "names of files " + names + ", text " + settings.property("file.encoding") + "; language "
                + settings.property("user.language")));
        if (!names.equals("UTF-8")) {
            findings.add(
                    Finding.advice(SUBJECT, "files whose names have characters beyond " + names + " can't be opened; set the environment"
                            + " variable LC_ALL to C.UTF-8 or another locale of UTF-8"));
        }
        return findings;
    }
}
