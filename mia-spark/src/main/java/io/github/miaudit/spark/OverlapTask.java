package io.github.miaudit.spark;

import io.github.miaudit.data.preparation.Overlaps;
import io.github.miaudit.data.preparation.SentenceSearch;
import io.github.miaudit.io.AuditException;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Searches the notes of one partition, on an executor. */
final class OverlapTask {

    private static final int PATIENT = 0;
    private static final int TEXT = 1;

    /** What the tasks of this process look for; it goes when none of them runs. */
    private static WeakReference<SentenceSearch> shared = new WeakReference<>(null);

    private OverlapTask() {
    }

    /** What was found, in one string. */
    static Iterator<String> run(Broadcast<String> sought, String digest, Iterator<Row> rows) {
        try {
            Overlaps overlaps = Overlaps.of(search(sought, digest));
            while (rows.hasNext()) {
                Row row = rows.next();
                if (!row.isNullAt(TEXT)) {
                    overlaps.addTrainingNote(Optional.ofNullable(row.getString(PATIENT)), row.getString(TEXT));
                }
            }
            return List.of(overlaps.toText()).iterator();
        } catch (Throwable e) { // Scala's code throws what it does not declare
            if (TaskFailure.isOfTheProcess(e)) {
                throw (Error) e;
            }
            throw TaskFailure.of("searching notes", e);
        }
    }

    private static synchronized SentenceSearch search(Broadcast<String> sought, String digest) {
        SentenceSearch search = shared.get();
        if (search == null || !search.digest().equals(digest)) {
            search = SentenceSearch.parse(sought.value());
            if (!search.digest().equals(digest)) {
                throw new AuditException(
                        "the search has another digest here than where the job began; do driver and executors have the same"
                                + " version of MIAudit?");
            }
            shared = new WeakReference<>(search);
        }
        return search;
    }
}
