/** How fast the library is, by JMH: each figure beside a yardstick measured in the same run. */
package io.github.miaudit.benchmarks;
