package io.github.miaudit.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A store's file in the hands of somebody who has no secret, but SQLite. */
final class StolenStore {

    private final Path path;

    StolenStore(Path path) {
        this.path = path;
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> T with(Work<T> work) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String sql, Object... values) {
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int value = 0; value < values.length; value++) {
                    statement.setObject(value + 1, values[value]);
                }
                return statement.executeUpdate();
            }
        });
    }

    /** Its rows in the order in which they stand: keys in hexadecimal digits, and contents. */
    Map<String, byte[]> rows() {
        return with(connection -> {
            Map<String, byte[]> rows = new LinkedHashMap<>();
            try (ResultSet row = connection.createStatement().executeQuery("SELECT key, content FROM sealed ORDER BY id")) {
                while (row.next()) {
                    rows.put(HexFormat.of().formatHex(row.getBytes(1)), row.getBytes(2));
                }
            }
            return rows;
        });
    }

    /** Keys of rows, but the one that lists models and rules, which its size gives away. */
    List<String> scoreKeys() {
        return rows().entrySet().stream().filter(row -> row.getValue().length < 4096).map(Map.Entry::getKey).toList();
    }

    void put(String key, byte[] content) {
        run("INSERT OR REPLACE INTO sealed (key, content) VALUES (?, ?)", HexFormat.of().parseHex(key), content);
    }

    /** How long its rows are, in order of length. */
    List<Integer> lengths() {
        return rows().values().stream().map(content -> content.length).sorted().toList();
    }

    /** All bytes of its files, a character each; also of those that SQLite writes beside it. */
    String bytes() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(path.toAbsolutePath().getParent())) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(path.getFileName().toString()))
                    .filter(file -> !file.toString().endsWith(".secret")).toList()) {
                all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return String.join("|", all);
    }
}
