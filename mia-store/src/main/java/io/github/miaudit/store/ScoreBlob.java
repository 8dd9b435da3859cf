package io.github.miaudit.store;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A score as bytes: what can't be had from the text. Log-likelihoods that are float32, as a model computes them, take four
 * bytes before compression and come back bit by bit; others take eight. A checksum at the end finds what a disk has changed.
 */
final class ScoreBlob {

    private static final int VERSION = 1;
    private static final int WIDE = 1;
    private static final int MOMENTS = 2;
    private static final int SPECIAL_LITERAL = 4;
    private static final int LONGEST = 1 << 26;
    private static final ThreadLocal<Deflater> DEFLATERS = ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED, true));
    private static final ThreadLocal<Inflater> INFLATERS = ThreadLocal.withInitial(() -> new Inflater(true));

    private ScoreBlob() {
    }

    /** Packs a score. */
    static byte[] of(SequenceScore score, Sample sample, String purpose, StoreSecret secret) {
        double[] logLikelihoods = score.logLikelihoods();
        int[] tokenIds = score.tokenIds();
        double[] means = score.moments().map(SequenceScore.VocabularyMoments::means).orElse(new double[0]);
        double[] deviations = score.moments().map(SequenceScore.VocabularyMoments::deviations).orElse(new double[0]);
        boolean wide = !(areFloats(logLikelihoods) && areFloats(means) && areFloats(deviations));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 8 * logLikelihoods.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte((wide ? WIDE : 0) | (score.moments().isPresent() ? MOMENTS : 0) | (score.hasSpecialLiteral() ? SPECIAL_LITERAL : 0));
            out.writeByte(score.status().ordinal());
            writeNumber(out, score.tokenCount());
            writeNumber(out, score.unknownCount());
            writeNumber(out, logLikelihoods.length);
            byte[] packed = deflate(planes(wide, logLikelihoods, means, deviations));
            writeNumber(out, packed.length);
            out.write(packed);
            ByteArrayOutputStream ids = new ByteArrayOutputStream(2 * tokenIds.length);
            try (DataOutputStream idsOut = new DataOutputStream(ids)) {
                for (int id : tokenIds) {
                    writeNumber(idsOut, id);
                }
            }
            out.write(secret.ciphered(purpose, sample.text(), ids.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory doesn't fail so
        }
        byte[] content = bytes.toByteArray();
        return ByteBuffer.allocate(content.length + Integer.BYTES).put(content).putInt(checksum(content, content.length)).array();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /** What can be read without the text. */
    private record Content(int flags, SequenceScore.Status status, int tokenCount, int unknownCount, int count, double[] numbers, byte[] cipheredIds) {
    }

    /** Unpacks a score; throws an {@link IllegalArgumentException} if the bytes are none. */
    static SequenceScore read(byte[] blob, Sample sample, String purpose, StoreSecret secret) {
        Content content = content(blob);
        int count = content.count;
        double[] numbers = content.numbers;
        SequenceScore score = new SequenceScore(sample, ids(secret.ciphered(purpose, sample.text(), content.cipheredIds), count), Arrays.copyOf(numbers, count))
                .withTokenCount(content.tokenCount).withUnknownCount(content.unknownCount).withStatus(content.status);
        SequenceScore marked = (content.flags & SPECIAL_LITERAL) != 0 ? score.withSpecialLiteral() : score;
        return (content.flags & MOMENTS) == 0 ? marked : marked.withMoments(new SequenceScore.VocabularyMoments(Arrays.copyOfRange(numbers, count, 2 * count),
                Arrays.copyOfRange(numbers, 2 * count, 3 * count)));
    }

    /** Throws an {@link IllegalArgumentException} if the bytes are no score, as far as that shows without the text. */
    static void check(byte[] blob) {
        if (!Arrays.stream(content(blob).numbers).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("no score");
        }
    }

    private static Content content(byte[] blob) {
        int length = blob.length - Integer.BYTES;
        if (length < 0 || ByteBuffer.wrap(blob).getInt(length) != checksum(blob, length)) {
            throw new IllegalArgumentException("no score");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(blob, 0, length))) {
            if (in.readUnsignedByte() != VERSION) {
                throw new IllegalArgumentException("a score of another version");
            }
            int flags = in.readUnsignedByte();
            SequenceScore.Status status = SequenceScore.Status.values()[in.readUnsignedByte()];
            int tokenCount = readNumber(in);
            int unknownCount = readNumber(in);
            int count = readNumber(in);
            byte[] packed = in.readNBytes(readNumber(in));
            int bytesEach = ((flags & MOMENTS) != 0 ? 3 : 1) * ((flags & WIDE) != 0 ? 8 : 4);
            return new Content(flags, status, tokenCount, unknownCount, count, numbers((flags & WIDE) != 0, inflate(packed, Math.multiplyExact(bytesEach, count))),
                    in.readAllBytes());
        } catch (IOException | DataFormatException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no score");
        }
    }

    private static int[] ids(byte[] bytes, int count) {
        int[] ids = new int[count];
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int token = 0; token < count; token++) {
                ids[token] = readNumber(in);
            }
            if (in.available() > 0) {
                throw new IllegalArgumentException("no score");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("no score");
        }
        return ids;
    }

    private static boolean areFloats(double[] values) {
        return Arrays.stream(values).allMatch(value -> (float) value == value);
    }

    /** All first bytes, then all second ones, and so on: alike bytes stand together and are packed tighter. */
    private static byte[] planes(boolean wide, double[]... parts) {
        int width = wide ? 8 : 4;
        int count = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] planes = new byte[width * count];
        int index = 0;
        for (double[] part : parts) {
            for (double value : part) {
                long bits = wide ? Double.doubleToRawLongBits(value) : Float.floatToRawIntBits((float) value);
                for (int plane = 0; plane < width; plane++) {
                    planes[plane * count + index] = (byte) (bits >>> 8 * (width - 1 - plane));
                }
                index++;
            }
        }
        return planes;
    }

    private static double[] numbers(boolean wide, byte[] planes) {
        int width = wide ? 8 : 4;
        int count = planes.length / width;
        double[] numbers = new double[count];
        for (int index = 0; index < count; index++) {
            long bits = 0;
            for (int plane = 0; plane < width; plane++) {
                bits = bits << 8 | planes[plane * count + index] & 0xff;
            }
            numbers[index] = wide ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
        }
        return numbers;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = DEFLATERS.get();
        deflater.reset();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + 64];
        int length = 0;
        while (!deflater.finished()) {
            if (length == packed.length) {
                packed = Arrays.copyOf(packed, 2 * length);
            }
            length += deflater.deflate(packed, length, packed.length - length);
        }
        return Arrays.copyOf(packed, length);
    }

    private static byte[] inflate(byte[] packed, int size) throws DataFormatException {
        if (size < 0 || size > LONGEST) {
            throw new DataFormatException();
        }
        Inflater inflater = INFLATERS.get();
        inflater.reset();
        inflater.setInput(packed);
        byte[] bytes = new byte[size];
        int length = 0;
        while (length < size) {
            int read = inflater.inflate(bytes, length, size - length);
            if (read == 0) {
                throw new DataFormatException();
            }
            length += read;
        }
        return bytes;
    }

    /** Seven bits a byte, the lowest first. */
    private static void writeNumber(DataOutputStream out, int number) throws IOException {
        int left = number;
        while (left >>> 7 != 0) {
            out.writeByte(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.writeByte(left);
    }

    private static int readNumber(DataInputStream in) throws IOException {
        int number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.readUnsignedByte();
            number |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IOException();
    }
}
