package io.github.miaudit.likelihood;

/** Numbers in few bytes without loss: as float32 where all are such, as a network computes them, else as float64. Immutable. */
abstract sealed class PackedNumbers {

    /** Packs a copy. */
    static PackedNumbers of(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int place = 0; place < numbers.length; place++) {
            narrow[place] = (float) numbers[place];
            if (narrow[place] != numbers[place]) {
                return new Wide(numbers.clone());
            }
        }
        return new Narrow(narrow);
    }

    /** How many there are. */
    abstract int size();

    /** A copy. */
    abstract double[] toArray();

    /** In double precision, from the first to the last. */
    abstract double sum();

    private static final class Narrow extends PackedNumbers {

        private final float[] numbers;

        Narrow(float[] numbers) {
            this.numbers = numbers;
        }

        @Override
        int size() {
            return numbers.length;
        }

        @Override
        double[] toArray() {
            double[] wide = new double[numbers.length];
            for (int place = 0; place < wide.length; place++) {
                wide[place] = numbers[place];
            }
            return wide;
        }

        @Override
        double sum() {
            double sum = 0;
            for (float number : numbers) {
                sum += number;
            }
            return sum;
        }
    }

    private static final class Wide extends PackedNumbers {

        private final double[] numbers;

        Wide(double[] numbers) {
            this.numbers = numbers;
        }

        @Override
        int size() {
            return numbers.length;
        }

        @Override
        double[] toArray() {
            return numbers.clone();
        }

        @Override
        double sum() {
            double sum = 0;
            for (double number : numbers) {
                sum += number;
            }
            return sum;
        }
    }
}
