/**
 * A benchmark of attacks: invented notes, targets that leak by degrees or not at all, and what each attack makes of them. Everything is
 * made from seeds.
 */
package io.github.miaudit.suite;
