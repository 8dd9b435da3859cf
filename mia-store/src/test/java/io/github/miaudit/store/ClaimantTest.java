package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClaimantTest {

    /** Of a claim that is damaged nobody can tell whose it is, so that it holds until its time is up. */
    @Test
    void damagedClaimsHoldUntilTheirTimeIsUp() {
        Claimant claimant = Claimant.here();
        String[] parts = claimant.name().split("/");
        for (String process : new String[] {"", "x", "-", "99999999999999999999"}) {
            String damaged = String.join("/", process, parts[1], parts[2], parts[3]);
            assertFalse(claimant.mayTakeOver(damaged, Claimant.expiry()));
            assertTrue(claimant.mayTakeOver(damaged, 0));
        }
        assertTrue(claimant.mayTakeOver("damaged", Long.MAX_VALUE), "no claim is made for so long");
        // the process has another start
        assertTrue(claimant.mayTakeOver(String.join("/", parts[0], "0", parts[2], parts[3]), Claimant.expiry()));
    }

    /** As when a full disk kept it from taking its claims back. */
    @Test
    void whoHasEndedInThisProcessHoldsNothing() {
        Claimant ended = Claimant.here();
        Claimant other = Claimant.here();
        assertFalse(other.mayTakeOver(ended.name(), Claimant.expiry()));
        ended.end();
        assertTrue(other.mayTakeOver(ended.name(), Claimant.expiry()));
    }
}
