/** Texts beside texts: what counts as the same, as nearly the same, as contained. */
package io.github.miaudit.text;
