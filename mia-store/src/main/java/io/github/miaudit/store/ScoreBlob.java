package io.github.miaudit.store;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TextMeasures;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A score as bytes: by whom it was made, of whom it tells, and what can't be had from the text. Log-likelihoods that are float32, as a
 * model computes them, take four bytes before compression and come back bit by bit; others take eight.
 */
final class ScoreBlob {

    private static final int WIDE = 1;
    private static final int MOMENTS = 2;
    private static final int SPECIAL_LITERAL = 4;
    private static final int LARGE_IDS = 8;
    /** Set by the migration: what tells of the text is enciphered under it, as the first format, which sealed nothing, did. */
    static final int ENCIPHERED = 16;
    /** Where the flags stand. */
    static final int FLAGS_AT = Purpose.BYTES + StoreSecret.NAME_BYTES;
    private static final int LONGEST_NUMBER = 5;

    private ScoreBlob() {
    }

    static byte[] of(SequenceScore score, byte[] name, Purpose purpose) {
        if (score.status() == SequenceScore.Status.FAILED || !score.hasTokens()) { // the next run would take it for what there is to know
            throw new IllegalArgumentException("sentence " + score.id() + " failed or has no tokens, which is not stored; let failures be"
                    + " tolerated around the store, not in it");
        }
        int[] tokenIds = score.tokenIds();
        Stream<double[]> moments = score.moments().stream().flatMap(each -> Stream.of(each.means(), each.deviations()));
        double[] numbers = Stream.concat(Stream.of(score.logLikelihoods()), moments).flatMapToDouble(Arrays::stream).toArray();
        boolean largeIds = Arrays.stream(tokenIds).anyMatch(id -> id >>> Short.SIZE != 0);
        boolean wide = !Arrays.stream(numbers).allMatch(number -> (float) number == number);
        byte[] planes = planes(wide, numbers);
        byte[] ofText = packed(score.measures(), tokenIds, largeIds);
        ByteBuffer out = ByteBuffer
                .allocate(Purpose.BYTES + StoreSecret.NAME_BYTES + 2 + 3 * LONGEST_NUMBER + 2 + planes.length + ofText.length);
        out.put(purpose.bytes());
        out.put(name);
        out.put((byte) ((wide ? WIDE : 0) | (score.moments().isPresent() ? MOMENTS : 0) | (score.hasSpecialLiteral() ? SPECIAL_LITERAL : 0)
                | (largeIds ? LARGE_IDS : 0)));
        out.put((byte) score.status().ordinal());
        putNumber(out, score.tokenCount());
        putNumber(out, score.unknownCount());
        putNumber(out, tokenIds.length);
        putAlike(out, planes, numbers.length);
        out.put(planes, numbers.length, planes.length - numbers.length);
        out.put(ofText);
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * What can be read without the text.
     *
     * @param numbers the log-likelihoods, then, if there are moments, means and deviations
     * @param ofText  measures and token ids, perhaps enciphered under the text
     */
    record Content(Purpose purpose, byte[] name, int flags, SequenceScore.Status status, int tokenCount, int unknownCount, int count,
            double[] numbers, byte[] ofText) {

        /** As {@link SequenceScore#sum()}; empty if there is none. */
        OptionalDouble sum() {
            if (!status.isScored()) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(score(new int[count], "", new TextMeasures(0, 0, 0)).sum());
        }

        private SequenceScore score(int[] tokenIds, String id, TextMeasures measures) {
            return new SequenceScore(id, measures, tokenIds, Arrays.copyOf(numbers, count)).withTokenCount(tokenCount)
                    .withUnknownCount(unknownCount).withStatus(status);
        }
    }

    /** Unpacks a score; throws an {@link IllegalArgumentException} if the bytes are none. */
    static SequenceScore read(byte[] blob, Sample sample, StoreSecret secret) {
        Content content = content(blob);
        int count = content.count;
        double[] numbers = content.numbers;
        boolean enciphered = (content.flags & ENCIPHERED) != 0;
        ByteBuffer ofText = ByteBuffer.wrap(enciphered ? secret.ciphered(content.purpose, sample.text(), content.ofText) : content.ofText);
        TextMeasures measures = measures(ofText);
        SequenceScore score = content.score(ids(ofText, count, (content.flags & LARGE_IDS) != 0), sample.id(), measures);
        SequenceScore marked = (content.flags & SPECIAL_LITERAL) != 0 ? score.withSpecialLiteral() : score;
        return (content.flags & MOMENTS) == 0 ? marked
                : marked.withMoments(new SequenceScore.VocabularyMoments(Arrays.copyOfRange(numbers, count, 2 * count),
                        Arrays.copyOfRange(numbers, 2 * count, 3 * count)));
    }

    /** Unpacks what takes no text; throws an {@link IllegalArgumentException} if the bytes are no score. */
    static Content content(byte[] blob) {
        ByteBuffer in = ByteBuffer.wrap(blob);
        try {
            Purpose purpose = Purpose.read(in);
            byte[] name = new byte[StoreSecret.NAME_BYTES];
            in.get(name);
            int flags = in.get();
            SequenceScore.Status status = SequenceScore.Status.values()[in.get()];
            int tokenCount = number(in);
            int unknownCount = number(in);
            int count = number(in);
            boolean wide = (flags & WIDE) != 0;
            int numbers = Math.multiplyExact((flags & MOMENTS) != 0 ? 3 : 1, count);
            require(numbers >= 0 && numbers <= in.remaining());
            byte[] planes = Arrays.copyOf(alike(in, numbers), width(wide) * numbers);
            in.get(planes, numbers, planes.length - numbers);
            byte[] ofText = new byte[in.remaining()];
            in.get(ofText);
            double[] values = numbers(wide, planes);
            for (double value : values) {
                require(Double.isFinite(value));
            }
            return new Content(purpose, name, flags, status, tokenCount, unknownCount, count, values, ofText);
        } catch (BufferUnderflowException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no score");
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("no score");
        }
    }

    /** What tells of the text: its measures, and its tokens in two bytes each, or four. */
    private static byte[] packed(TextMeasures measures, int[] ids, boolean large) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * LONGEST_NUMBER + (large ? Integer.BYTES : Short.BYTES) * ids.length);
        putNumber(bytes, measures.characters());
        putNumber(bytes, measures.words());
        putNumber(bytes, measures.compressedLength());
        for (int id : ids) {
            if (large) {
                bytes.putInt(id);
            } else {
                bytes.putShort((short) id);
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static TextMeasures measures(ByteBuffer ofText) {
        try {
            return new TextMeasures(number(ofText), number(ofText), number(ofText));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("no score");
        }
    }

    private static int[] ids(ByteBuffer ofText, int count, boolean large) {
        require(ofText.remaining() == (large ? Integer.BYTES : Short.BYTES) * count);
        return IntStream.range(0, count).map(token -> large ? ofText.getInt() : ofText.getShort() & 0xffff).toArray();
    }

    private static int width(boolean wide) {
        return wide ? Double.BYTES : Float.BYTES;
    }

    /** All first bytes, which are much alike and can be packed, then all second ones, and so on, which are like noise. */
    private static byte[] planes(boolean wide, double[] numbers) {
        int width = width(wide);
        byte[] planes = new byte[width * numbers.length];
        for (int index = 0; index < numbers.length; index++) {
            long bits = wide ? Double.doubleToRawLongBits(numbers[index]) : Float.floatToRawIntBits((float) numbers[index]);
            for (int plane = 0; plane < width; plane++) {
                planes[plane * numbers.length + index] = (byte) (bits >>> 8 * (width - 1 - plane));
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

    /** The first so many bytes: the least of them, and how far each lies above it, in as few bits as do for all. */
    private static void putAlike(ByteBuffer out, byte[] bytes, int count) {
        int least = IntStream.range(0, count).map(index -> bytes[index] & 0xff).min().orElse(0);
        int most = IntStream.range(0, count).map(index -> bytes[index] & 0xff).max().orElse(0);
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(most - least);
        out.put((byte) least).put((byte) width);
        int waiting = 0;
        int held = 0;
        for (int index = 0; index < count; index++) {
            waiting |= (bytes[index] & 0xff) - least << held;
            held += width;
            if (held >= Byte.SIZE) {
                out.put((byte) waiting);
                waiting >>>= Byte.SIZE;
                held -= Byte.SIZE;
            }
        }
        if (held > 0) {
            out.put((byte) waiting);
        }
    }

    private static byte[] alike(ByteBuffer in, int count) {
        int least = in.get() & 0xff;
        int width = in.get();
        require(width >= 0 && width <= Byte.SIZE);
        byte[] bytes = new byte[count];
        int waiting = 0;
        int held = 0;
        for (int index = 0; index < count; index++) {
            if (held < width) {
                waiting |= (in.get() & 0xff) << held;
                held += Byte.SIZE;
            }
            bytes[index] = (byte) (least + (waiting & (1 << width) - 1));
            waiting >>>= width;
            held -= width;
        }
        return bytes;
    }

    /** Seven bits a byte, the lowest first. */
    private static void putNumber(ByteBuffer out, int number) {
        int left = number;
        while (left >>> 7 != 0) {
            out.put((byte) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }

    private static int number(ByteBuffer in) {
        int number = 0;
        for (int shift = 0; shift < 7 * LONGEST_NUMBER; shift += 7) {
            int next = in.get();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("no score");
    }
}
