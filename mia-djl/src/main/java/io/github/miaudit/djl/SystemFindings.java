package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operating system.
 *
 * @param library what a Linux says of its C library, such as {@code glibc 2.36}; blank where that is unknown
 */
record SystemFindings(Settings settings, String library) implements Examination {

    private static final String SUBJECT = "system";
    private static final Pattern GLIBC = Pattern.compile("glibc (\\d{1,3})\\.(\\d{1,3}).*");
    private static final int MAJOR = 2;
    private static final int MINOR = 34; // what the tokenizers of DJL 0.36.0 name; libtorch names 2.29

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fact(SUBJECT, settings.property("os.name") + " " + settings.property("os.version") + ", "
                + settings.property("os.arch") + (library.isEmpty() ? "" : ", " + library)));
        if (settings.isLinux()) {
            Matcher version = GLIBC.matcher(library);
            if (library.contains("musl")) {
                findings.add(Finding.fault(SUBJECT, "the C library is musl, such as Alpine's, and the natives need glibc; take a Linux with"
                        + " glibc, such as Debian or Ubuntu"));
            } else if (version.matches() && isOlder(version)) {
                findings.add(Finding.fault(SUBJECT, library + " is too old: the natives need " + MAJOR + "." + MINOR
                        + " or later, as Debian 12, Ubuntu 22.04 and RHEL 9 have"));
            }
        }
        return findings;
    }

    private static boolean isOlder(Matcher version) {
        int major = Integer.parseInt(version.group(1));
        return major < MAJOR || major == MAJOR && Integer.parseInt(version.group(2)) < MINOR;
    }
}
