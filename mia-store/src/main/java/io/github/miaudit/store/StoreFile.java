package io.github.miaudit.store;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** The SQLite file of a store: its tables, its transactions, and what its errors mean. Not thread-safe. */
final class StoreFile implements AutoCloseable {

    private static final int APPLICATION = 0x4d494153; // "MIAS"
    private static final int PATIENCE_MILLIS = 60_000;
    /** What SQLite writes beside a file, and reads. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private final Path path;
    private final @Nullable Object key; // which file it is; null where the system has no such
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private StoreFile(Path path, @Nullable Object key, Connection connection) {
        this.path = path;
        this.key = key;
        this.connection = connection;
    }

    static StoreFile openExisting(Path path) {
        return openExisting(path, StoreFormat.SEALED);
    }

    static StoreFile openExisting(Path path, StoreFormat format) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidFileException(path, "does not exist");
        }
        return connect(path, format);
    }

    static StoreFile open(Path path) {
        try {
            OwnerOnly.makeFolders(path.toAbsolutePath().getParent());
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(path, OwnerOnly.file(path)); // SQLite gives its other files the same permissions
                AtomicFile.syncFolder(Objects.requireNonNull(path.toAbsolutePath().getParent()));
            }
        } catch (FileAlreadyExistsException e) {
            // made by another process at the same moment
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
        return connect(path, StoreFormat.SEALED);
    }

    /** Deletes a store that nobody uses, if it is there. */
    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
            for (String companion : COMPANIONS) {
                Files.deleteIfExists(companion(path, companion));
            }
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    private static Path companion(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    private static StoreFile connect(Path path, StoreFormat format) {
        OwnFile.require(path, OwnFile.Closed.TO_WRITERS);
        COMPANIONS.forEach(companion -> OwnFile.require(companion(path, companion), OwnFile.Closed.TO_WRITERS));
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setCacheSize(-65_536);
        try {
            StoreFile file = new StoreFile(path, key(path), config.createConnection("jdbc:sqlite:" + path.toAbsolutePath()));
            try {
                file.prepare(format);
                return file;
            } catch (SQLException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (SQLException e) {
            throw explained(path, e);
        }
    }

    private void prepare(StoreFormat format) throws SQLException {
        long application = pragma("application_id");
        long version = pragma("user_version");
        boolean isNew = version == 0 && (application == APPLICATION || application == 0 && pragma("page_count") == 0);
        if (isNew && format == StoreFormat.SEALED) {
            write(() -> {
                if (pragma("user_version") == 0) { // another process may have been faster
                    for (String table : format.tables()) {
                        execute(table);
                    }
                    execute("PRAGMA user_version = " + format.version());
                    execute("PRAGMA application_id = " + APPLICATION);
                }
            });
            version = pragma("user_version");
            application = pragma("application_id");
        }
        if (application != APPLICATION) {
            throw new InvalidFileException(path, "is a SQLite file, but no score store; choose another file");
        }
        requireVersion(version, format);
        requireNothingElse(format);
        execute("PRAGMA journal_mode = WAL");
    }

    private void requireVersion(long version, StoreFormat format) {
        int newest = StoreFormat.SEALED.version();
        if (version > newest) {
            throw new InvalidFileException(path,
                    "was made by a newer MIAudit: its format is " + version + ", this one reads up to " + newest + "; update MIAudit");
        }
        if (version == format.version()) {
            return;
        }
        throw new InvalidFileException(path, format == StoreFormat.CLEAR ? "is in the present format; there is nothing to migrate"
                : "was made by an earlier MIAudit, whose stores told log-likelihoods without their secret; run mia store migrate " + path
                        + " (with --store-secret FILE if its secret is elsewhere)");
    }

    /** A stranger's file could have views and triggers that compute without end whatever is asked of them. */
    private void requireNothingElse(StoreFormat format) throws SQLException {
        Set<String> found = new HashSet<>();
        each("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", row -> found.add(row.getString(1)));
        if (!found.equals(Set.copyOf(format.tables()))) {
            throw new InvalidFileException(path,
                    "has other tables, views or triggers than a score store; restore it, or start a new store");
        }
    }

    Path path() {
        return path;
    }

    /** A value that is never missing, but where a file is damaged. */
    static <T> T present(@Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("a value is missing", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
        }
        return value;
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** A statement that is prepared once, with values in the place of its question marks. */
    PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int value = 0; value < values.length; value++) {
            statement.setObject(value + 1, values[value]);
        }
        return statement;
    }

    /** Runs a statement that answers nothing. */
    void update(String sql, Object... values) throws SQLException {
        statement(sql, values).executeUpdate();
    }

    interface RowSink {
        void take(ResultSet row) throws SQLException;
    }

    /** All that a query answers, a row at a time. */
    void each(String sql, RowSink sink) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                sink.take(row);
            }
        }
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    interface Step {
        void run() throws SQLException;
    }

    /** Takes a step that reads, while others may write. */
    void read(Step step) {
        read(() -> {
            step.run();
            return true;
        });
    }

    /** Reads, while others may write. */
    <T> T read(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw explained(path, e);
        }
    }

    /** Does all of a step or none of it. */
    void write(Step step) {
        write(() -> {
            step.run();
            return true;
        });
    }

    /** Does all of the work or none of it. */
    <T> T write(Work<T> work) {
        if (!Objects.equals(key, key(path))) { // SQLite would write on to a file that has no name any more
            throw new InvalidFileException(path, "was replaced while it was in use; what is scored would be lost. Run again");
        }
        try {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                giveUp(e);
                throw e;
            }
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            throw explained(path, e);
        }
    }

    /** Ends a transaction. On a full disk SQLite has done so already, and complains, which must not hide the reason. */
    private void giveUp(Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static @Nullable Object key(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
        } catch (NoSuchFileException e) {
            throw new InvalidFileException(path, "was removed while it was in use; what is scored would be lost. Run again");
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw explained(path, e);
        }
    }

    static InvalidFileException explained(Path path, SQLException e) {
        if (e.getCause() instanceof NativeLibraryNotFoundException) {
            return new InvalidFileException(Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"))),
                    "SQLite's machine code, about 2 MB, can't be"
                            + " unpacked to and loaded from there; make room and allow writing and executing, or name another folder to"
                            + " Java with -Dorg.sqlite.tmpdir=FOLDER");
        }
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff); // the low byte is the kind
        return new InvalidFileException(path, switch (code) {
            case SQLITE_FULL -> "could not grow: the disk is full. What was stored before is intact; make room and run again";
            case SQLITE_READONLY, SQLITE_PERM -> "can't be written; it and its folder must be writable";
            case SQLITE_CANTOPEN -> "can't be opened; it and its folder must be there and writable";
            case SQLITE_NOTADB -> "is no SQLite file, or its beginning is damaged; restore it, or start a new store";
            case SQLITE_CORRUPT -> "is damaged; mia store verify says more. Restore it, or start a new store";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    "was locked by another process for " + PATIENCE_MILLIS / 1000 + " s; run again when it is done";
            case SQLITE_IOERR -> "could not be read or written (" + code + "); what was stored before is intact if the disk is";
            default -> "failed: " + code;
        });
    }
}
