/**
 * The {@code mia} command: {@code MiaCommand} runs it and says in plain words what went wrong; each subcommand is a small program
 * on top of the library's public API.
 *
 * <p>A new subcommand is a class beside the others, named where {@code Mia} lists them, and has its part of
 * {@code docs/command-line.md}. Options that several of them take, such as models, are a class of their own.
 */
package io.github.miaudit.cli;
