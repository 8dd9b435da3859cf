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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A score as bytes: what can't be had from the text. Log-likelihoods that are float32, as a model computes them, take four
 * bytes before compression and come back bit by bit; others take eight. A checksum at the end finds what a
 * disk has changed, also where it then leads to another sentence's score: it covers whose score it is.
 */
final class ScoreBlob {

    private static final int VERSION = 1;
    private static final int WIDE = 1;
    private static final int MOMENTS = 2;
    private static final int SPECIAL_LITERAL = 4;
    private static final int LARGE_IDS = 8;
    private static final int LONGEST = 1 << 26;
    private static final ThreadLocal<Deflater> DEFLATERS = ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED, true));
    private static final ThreadLocal<Inflater> INFLATERS = ThreadLocal.withInitial(() -> new Inflater(true));

    private ScoreBlob() {
    }

    /** What sets the ciphers and checksums of one model and rule apart from those of all others. */
    static String purpose(String model, String tokenizer, String precision, String lengthPolicy, String rule) {
        return String.join("\n", "score", model, tokenizer, precision, lengthPolicy, rule);
    }

    /** Packs a score. */
    static byte[] of(SequenceScore score, Sample sample, byte[] name, String purpose, StoreSecret secret) {
        double[] logLikelihoods = score.logLikelihoods();
        int[] tokenIds = score.tokenIds();
        double[] means = score.moments().map(SequenceScore.VocabularyMoments::means).orElse(new double[0]);
        double[] deviations = score.moments().map(SequenceScore.VocabularyMoments::deviations).orElse(new double[0]);
        boolean largeIds = Arrays.stream(tokenIds).anyMatch(id -> id >>> Short.SIZE != 0);
        boolean wide = !(areFloats(logLikelihoods) && areFloats(means) && areFloats(deviations));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 8 * logLikelihoods.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte((wide ? WIDE : 0) | (score.moments().isPresent() ? MOMENTS : 0) | (score.hasSpecialLiteral() ? SPECIAL_LITERAL : 0)
                    | (largeIds ? LARGE_IDS : 0));
            out.writeByte(score.status().ordinal());
            writeNumber(out, score.tokenCount());
            writeNumber(out, score.unknownCount());
            writeNumber(out, logLikelihoods.length);
            byte[] planes = planes(wide, logLikelihoods, means, deviations);
            int numbers = planes.length / width(wide);
            byte[] packed = deflate(Arrays.copyOf(planes, numbers));
            writeNumber(out, packed.length);
            out.write(packed);
            out.write(planes, numbers, planes.length - numbers);
            out.write(secret.ciphered(purpose, sample.text(), packed(tokenIds, largeIds)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory doesn't fail so
        }
        byte[] content = bytes.toByteArray();
        return ByteBuffer.allocate(content.length + Integer.BYTES).put(content).putInt(checksum(content, content.length, name, purpose)).array();
    }

    private static int checksum(byte[] bytes, int length, byte[] name, String purpose) {
        CRC32C sum = new CRC32C();
        sum.update(purpose.getBytes(StandardCharsets.UTF_8));
        sum.update(name);
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /** What can be read without the text. */
    private record Content(int flags, SequenceScore.Status status, int tokenCount, int unknownCount, int count, double[] numbers, byte[] cipheredIds) {
    }

    /** Unpacks a score; throws an {@link IllegalArgumentException} if the bytes are none. */
    static SequenceScore read(byte[] blob, Sample sample, byte[] name, String purpose, StoreSecret secret) {
        Content content = content(blob, name, purpose);
        int count = content.count;
        double[] numbers = content.numbers;
        SequenceScore score = new SequenceScore(sample, ids(secret.ciphered(purpose, sample.text(), content.cipheredIds), count, (content.flags & LARGE_IDS) != 0), Arrays.copyOf(numbers, count))
                .withTokenCount(content.tokenCount).withUnknownCount(content.unknownCount).withStatus(content.status);
        SequenceScore marked = (content.flags & SPECIAL_LITERAL) != 0 ? score.withSpecialLiteral() : score;
        return (content.flags & MOMENTS) == 0 ? marked : marked.withMoments(new SequenceScore.VocabularyMoments(Arrays.copyOfRange(numbers, count, 2 * count),
                Arrays.copyOfRange(numbers, 2 * count, 3 * count)));
    }

    /** Throws an {@link IllegalArgumentException} if the bytes are no score, as far as that shows without the text. */
    static void check(byte[] blob, byte[] name, String purpose) {
        if (!Arrays.stream(content(blob, name, purpose).numbers).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("no score");
        }
    }

    private static Content content(byte[] blob, byte[] name, String purpose) {
        int length = blob.length - Integer.BYTES;
        if (length < 0 || ByteBuffer.wrap(blob).getInt(length) != checksum(blob, length, name, purpose)) {
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
            boolean wide = (flags & WIDE) != 0;
            int numbers = Math.multiplyExact((flags & MOMENTS) != 0 ? 3 : 1, count);
            byte[] planes = Arrays.copyOf(inflate(in.readNBytes(readNumber(in)), numbers), Math.multiplyExact(width(wide), numbers));
            in.readFully(planes, numbers, planes.length - numbers);
            return new Content(flags, status, tokenCount, unknownCount, count, numbers(wide, planes), in.readAllBytes());
        } catch (IOException | DataFormatException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no score");
        }
    }

    /** Two bytes a token, or four. */
    private static byte[] packed(int[] ids, boolean large) {
        ByteBuffer bytes = ByteBuffer.allocate((large ? Integer.BYTES : Short.BYTES) * ids.length);
        for (int id : ids) {
            if (large) {
                bytes.putInt(id);
            } else {
                bytes.putShort((short) id);
            }
        }
        return bytes.array();
    }

    private static int[] ids(byte[] bytes, int count, boolean large) {
        if (bytes.length != (large ? Integer.BYTES : Short.BYTES) * count) {
            throw new IllegalArgumentException("no score");
        }
        ByteBuffer packed = ByteBuffer.wrap(bytes);
        return IntStream.range(0, count).map(token -> large ? packed.getInt() : packed.getShort() & 0xffff).toArray();
    }

    private static boolean areFloats(double[] values) {
        return Arrays.stream(values).allMatch(value -> (float) value == value);
    }

    private static int width(boolean wide) {
        return wide ? Double.BYTES : Float.BYTES;
    }

    /** All first bytes, which are much alike and can be packed, then all second ones, and so on, which are like noise. */
    private static byte[] planes(boolean wide, double[]... parts) {
        int width = width(wide);
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
        int width = width(wide);
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
