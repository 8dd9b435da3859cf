package io.github.miaudit.store;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Who scores what at this moment, in a store's file: under keys that take the secret, by claimants whose names are sealed. What
 * throws SQL's exceptions is done within a transaction. Not thread-safe.
 */
final class Claims {

    private final StoreFile file;
    private final RowCipher cipher;
    private final Claimant claimant = Claimant.here();
    private final byte[] ownerKey;
    private final byte[] owner; // sealed once, so that one's own claims are found

    Claims(StoreFile file, RowCipher cipher) {
        this.file = file;
        this.cipher = cipher;
        this.ownerKey = cipher.key(Purpose.CLAIMANT);
        this.owner = cipher.seal(ownerKey, claimant.name().getBytes(StandardCharsets.UTF_8));
    }

    /** Claims a named sentence, unless somebody else has. */
    boolean claim(Purpose claims, byte[] name) throws SQLException {
        byte[] key = cipher.key(claims, name);
        PreparedStatement query = file.statement("SELECT owner, expires FROM claims WHERE key = ?", key);
        try (ResultSet row = query.executeQuery()) {
            if (row.next() && !mayTakeOver(StoreFile.present(row.getBytes(1)), row.getLong(2))) {
                return false;
            }
        }
        file.update("INSERT OR REPLACE INTO claims (key, owner, expires) VALUES (?, ?, ?)", key, owner, Claimant.expiry());
        return true;
    }

    /** Of a claim that is damaged or forged nobody can tell whose it is, so that it holds until its time is up. */
    private boolean mayTakeOver(byte[] other, long expires) {
        try {
            return claimant.mayTakeOver(new String(cipher.open(ownerKey, other), StandardCharsets.UTF_8), expires);
        } catch (IllegalArgumentException e) {
            return Claimant.isOver(expires);
        }
    }

    /** Ends one's own claim of a named sentence. */
    void end(Purpose claims, byte[] name) throws SQLException {
        file.update("DELETE FROM claims WHERE key = ? AND owner = ?", cipher.key(claims, name), owner);
    }

    /** Ends all of one's own claims, in a transaction of its own; also where that can't be written. */
    void endAll() {
        claimant.end();
        file.write(() -> file.update("DELETE FROM claims WHERE owner = ?", owner));
    }
}
