/**
 * Programs to copy, each of which stands alone; {@code examples/README.md} says how they are run. A new one has 20 to 60 lines,
 * a row there, and a test that runs it.
 */
package io.github.miaudit.examples;
