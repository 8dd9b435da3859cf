package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.miaudit.data.Population;
import org.junit.jupiter.api.Test;

class ZlibAttackTest extends MembershipAttackContract {

    @Override
    protected MembershipAttack attack() {
        return ZlibAttack.withDefaults();
    }

    @Test
    void dividesTheMeanByTheCompressedBytes() {
        // The fake gives a character c that is not masked -c / 100: "clear" has the mean -1.038.
        // Python 3.11: len(zlib.compress(b"clear")) == 13
        assertArrayEquals(new double[] {-1.038 / 13}, attack().membershipScores(table(0), Population.NON_MEMBERS), 1e-12);
    }
}
