/** Sentences, the patients they belong to, and the three populations that an audit compares. */
package io.github.miaudit.data;
