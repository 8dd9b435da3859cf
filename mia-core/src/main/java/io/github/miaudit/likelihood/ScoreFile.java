package io.github.miaudit.likelihood;

import com.google.gson.stream.JsonWriter;
import io.github.miaudit.io.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores as JSON Lines, one object a sentence:
 * {@code {"id":"1","status":"SCORED","tokenIds":[…],"logLikelihoods":[…],"tokenCount":…,"characterCount":…,"wordCount":…}};
 * log-likelihoods in nats, in full double precision, one for each entry of {@code tokenIds} (a token appears as often
 * as the rule scored it). A sentence that was not scored has neither; {@link SequenceScore.Status} lists what else
 * {@code status} may say. {@code "specialLiteral":true} marks what {@link SequenceScore#hasSpecialLiteral()} does.
 * Token ids give the text away to whoever has the tokenizer: such a file is as confidential as the text.
 */
public final class ScoreFile {

    private ScoreFile() {
    }

    /**
     * Writes scores, whole or not at all.
     *
     * @param file   the file to make or replace
     * @param scores the scores, in the order to write
     * @throws io.github.miaudit.io.InvalidFileException if the file can't be written
     */
    public static void write(Path file, List<SequenceScore> scores) {
        AtomicFile.write(file, writer -> {
            for (SequenceScore score : scores) {
                write(writer, score);
                writer.write('\n');
            }
        });
    }

    @SuppressWarnings("resource") // closing the JSON writer would close the file
    private static void write(Writer writer, SequenceScore score) throws IOException {
        JsonWriter json = new JsonWriter(writer);
        json.beginObject();
        json.name("id").value(score.id());
        json.name("status").value(score.status().name());
        if (score.status().isScored()) {
            json.name("tokenIds").beginArray();
            for (int tokenId : score.tokenIds()) {
                json.value(tokenId);
            }
            json.endArray();
            json.name("logLikelihoods").beginArray();
            for (double logLikelihood : score.logLikelihoods()) {
                json.value(logLikelihood);
            }
            json.endArray();
        }
        json.name("tokenCount").value(score.tokenCount());
        json.name("characterCount").value(score.measures().characters());
        json.name("wordCount").value(score.measures().words());
        if (score.hasSpecialLiteral()) {
            json.name("specialLiteral").value(true);
        }
        json.endObject();
    }
}
