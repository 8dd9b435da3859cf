package io.github.miaudit.djl;

import java.util.List;

/** Looks at one part of an installation. What it looks at, it is given, so that a test can give it anything. */
@FunctionalInterface
interface Examination {

    /** What there is to say, the facts before what is wrong with them. */
    List<Finding> findings();
}
