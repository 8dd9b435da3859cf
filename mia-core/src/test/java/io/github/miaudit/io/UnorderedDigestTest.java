package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Expected digits are those of Python: {@code hashlib.sha256(text).digest()} as a number, modulo {@code 1 << 256}. */
class UnorderedDigestTest {

    private static UnorderedDigest of(String... texts) {
        UnorderedDigest digest = UnorderedDigest.NONE;
        for (String text : texts) {
            digest = digest.plus(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
        }
        return digest;
    }

    @Test
    void itIsTheSumOfWhatItHolds() {
        assertEquals("3738952c73a591f7943876ce346e132766d80bfb3a748e521e66cbd627e5391e", of("a", "b", "c").hex());
        assertEquals("464676145d5e84180f2b4eaa26c702937e5e8699786646089843d9587366e8f0", of("a", "b", "c").sealed());
        assertEquals("0 " + "0".repeat(64), UnorderedDigest.NONE.toString());
    }

    @Test
    void orderAndPartsDoNotMatterButWhatIsThereDoes() {
        assertEquals(of("a", "b", "c"), of("c", "a").plus(of("b")));
        assertNotEquals(of("a", "b"), of("a", "b", "b"));
        assertNotEquals(of("a", "b").sealed(), of("a", "c").sealed());
        assertEquals(of("a", "b"), UnorderedDigest.parse(of("a", "b").toString()));
        assertThrows(NumberFormatException.class, () -> UnorderedDigest.parse("a b"));
        assertThrows(NumberFormatException.class, () -> UnorderedDigest.parse("12"));
    }
}
