/** The {@code mia} command: each subcommand is a small program on top of the library's public API. */
package io.github.miaudit.cli;
