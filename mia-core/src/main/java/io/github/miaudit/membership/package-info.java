/** From log-likelihoods to one membership score a sentence: higher = more likely a member. */
package io.github.miaudit.membership;
