/** From notes as hospitals keep them to sentences that can be audited. */
package io.github.miaudit.data.preparation;
