package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.security.auth.module.UnixSystem;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and stores that somebody else may have put there, or may read. */
class OwnFileTest {

    @TempDir
    private Path folder;

    private Path path;
    private Path secret;

    @BeforeEach
    void name() {
        path = folder.resolve("scores.db");
        secret = folder.resolve("scores.db.secret");
    }

    private String refused() {
        return assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw-rw----", "rw----r--", "rw-----w-", "rw-rw-rw-", "rw---x---"})
    void aSecretThatIsOpenToOthersIsRefused(String mode) throws IOException {
        Secrets.write(secret);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(mode));
        String octal = Integer.toOctalString((Integer) Files.getAttribute(secret, "unix:mode") & 0777);
        assertEquals(secret + ": is open to other users: its mode is " + octal + "; chmod 600 it if nobody used that", refused());
        assertFalse(Files.exists(path));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        SqliteScoreStore.open(path).close();
    }

    @Test
    void aStoreThatOthersMayWriteIsRefused() throws IOException {
        SqliteScoreStore.open(path).close();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        assertEquals(path + ": is open to other users: its mode is 660; chmod go-w it if nobody used that", refused());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----")); // they read what is sealed
        SqliteScoreStore.open(path).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scores.db", "scores.db.secret", "scores.db-wal", "scores.db-shm", "scores.db-journal"})
    void linksAreRefusedAlsoThoseThatLeadNowhere(String name) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve(name), folder.resolve("nowhere"));
        String message = link + ": is a link, which somebody else may have put there; name the file itself, or remove the link";
        assertEquals(message, refused());
        assertFalse(Files.exists(folder.resolve("nowhere")), "nothing is made through a link");
        Secrets.write(folder.resolve("nowhere"), "");
        assertEquals(message, refused());
        assertEquals(0, Files.size(folder.resolve("nowhere")));
    }

    /** Also if the link comes after the first look: opening itself follows none. */
    @Test
    void theLockFollowsNoLink() throws IOException {
        Files.createSymbolicLink(secret, folder.resolve("nowhere"));
        assertThrows(InvalidFileException.class, () -> OpeningLock.holding(secret, channel -> "opened"));
        assertFalse(Files.exists(folder.resolve("nowhere"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsRefusedAndNotWaitedFor() throws Exception {
        Assumptions.assumeTrue(new ProcessBuilder("mkfifo", "-m", "600", secret.toString()).start().waitFor() == 0);
        assertEquals(secret + ": is no regular file; name another", refused());
    }

    @Test
    void whatBelongsToAnotherUserIsRefused() throws IOException {
        Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "only root gives files away");
        SqliteScoreStore.open(path).close();
        for (Path file : new Path[] {path, secret}) {
            Files.setAttribute(file, "unix:uid", 4711);
            assertTrue(refused().startsWith(file + ": belongs to user 4711, not to 0, who runs this"), refused());
            Files.setAttribute(file, "unix:uid", 0);
        }
        SqliteScoreStore.open(path).close();
    }

    @Test
    void aFolderWhereEverybodyMayReplaceTheSecretIsRefused() throws IOException {
        Secrets.write(secret);
        Files.setAttribute(folder, "unix:mode", 0777);
        assertEquals(secret + ": is in a folder where every user may put another file in its place; chmod o-w " + folder, refused());
        Files.setAttribute(folder, "unix:mode", 01777); // as /tmp has it
        SqliteScoreStore.open(path).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000000000000000000000000000000000000000000000000000",
            "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a", // a byte
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", // hexadecimal digits in order
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", // counts
            "00070e151c232a31383f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9", // counts by seven
            "d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e", // a digest twice
            "54686520717569636b2062726f776e20666f78206a756d7073206f766572206c", // text
            "1415926535897932384626433832795028841971693993751058209749445923", // decimal
            "000000000000000000000000000000009d1c62c3f0a94be87a35d2160e8fb744"}) // half of it zeros
    void aSecretThatCanBeGuessedIsRefused(String digits) throws IOException {
        Secrets.write(secret, digits);
        assertTrue(refused().startsWith(secret + ": can be guessed: its bytes repeat, count up or are text"), refused());
    }

    @Test
    void whatIsMadeCannotBeGuessed() throws IOException {
        for (int time = 0; time < 200; time++) {
            Files.deleteIfExists(path);
            Files.deleteIfExists(secret);
            SqliteScoreStore.open(path).close();
            SqliteScoreStore.open(path).close();
        }
    }
}
