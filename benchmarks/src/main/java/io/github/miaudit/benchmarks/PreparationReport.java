package io.github.miaudit.benchmarks;

import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.notes.NoteFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * How fast notes are read and a dataset is prepared, and that a small heap is enough: generates files of the shape of
 * MIMIC-III's {@code NOTEEVENTS.csv} (notes of about 2 KB, several lines, 45 notes a patient), of the sizes in MB that are
 * given (default 64 256 1024), with a tenth of that as the notes that were not trained on. Prints a Markdown table.
 */
public final class PreparationReport {

    private static final int NOTES_A_PATIENT = 45;
    private static final int VOCABULARY = 20_000;

    public static void main(String[] arguments) throws IOException {
        String[] sizes = arguments.length == 0 ? new String[] {"64", "256", "1024"} : arguments;
        System.out.printf("Heap of %d MB.%n%n| training notes | scan | whole preparation |%n|---|---|---|%n",
                Runtime.getRuntime().maxMemory() >> 20);
        for (String size : sizes) {
            try (TemporaryFolder folder = TemporaryFolder.create()) {
                Path training = folder.path().resolve("NOTEEVENTS.csv");
                Path others = folder.path().resolve("others.csv");
                long bytes = Long.parseLong(size) << 20;
                write(training, bytes, 1);
                write(others, bytes / 10, 2);
                report(size, training, others);
            }
        }
    }

    private static void report(String size, Path training, Path others) throws IOException {
        double megabytes = Files.size(training) / 1e6;
        long start = System.nanoTime();
        long notes = NoteFiles.at(training).read(note -> {
        }).notes();
        double scan = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        DatasetPreparation.of(NoteFiles.at(training), NoteFiles.at(others)).withFewerAllowed().prepare();
        double whole = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "| %s MB, %d notes | %.1f s, %.0f MB/s | %.1f s, %.1f MB/s |%n", size, notes, scan, megabytes / scan,
                whole, megabytes / whole);
    }

    private static void write(Path file, long bytes, long seed) throws IOException {
        Random random = new Random(seed);
        long written = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("\"ROW_ID\",\"SUBJECT_ID\",\"CATEGORY\",\"TEXT\"\n");
            for (long row = 0; written < bytes; row++) {
                String text = note(random);
                writer.write(row + "," + (seed * 10_000_000 + row / NOTES_A_PATIENT) + ",\"Nursing\",\"" + text + "\"\n");
                written += text.length() + 30;
            }
        }
    }

    private static String note(Random random) {
        StringBuilder note = new StringBuilder();
        int sentences = 10 + random.nextInt(40);
        for (int sentence = 0; sentence < sentences; sentence++) {
            int words = 3 + random.nextInt(15);
            for (int word = 0; word < words; word++) {
                // frequent words are drawn often, as in any language
                int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
                String name = Integer.toString(rank * 7919 % 1_000_003 + 40_000, 36);
                note.append(word == 0 ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name)
                        .append(word == words - 1 ? ". " : " ");
            }
            note.append(random.nextInt(5) == 0 ? "\n\n" : random.nextInt(3) == 0 ? "\n" : "");
        }
        return note.toString();
    }
}
