/** Programs to copy, each of which stands alone; {@code examples/README.md} says how they are run. */
package io.github.miaudit.examples;
