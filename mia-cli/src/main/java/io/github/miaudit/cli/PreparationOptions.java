package io.github.miaudit.cli;

import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Matching;
import io.github.miaudit.data.preparation.Pseudonyms;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.text.Normalisation;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the sets are made of the notes. A recipe may hold each of these options under its name. */
final class PreparationOptions {

    @Option(names = "--patients", paramLabel = "N", converter = SizeConverter.class, defaultValue = "90",
            description = "Of each set, or all (default: ${DEFAULT-VALUE}).")
    private int patients;

    @Option(names = "--sentences", paramLabel = "N", converter = SizeConverter.class, defaultValue = "1000",
            description = "Of each set, or all (default: ${DEFAULT-VALUE}).")
    private int sentences;

    @Option(names = "--allow-fewer", arity = "0..1", fallbackValue = "true", paramLabel = "true|false",
            description = "Take what there is where there are too few.")
    private boolean fewerAllowed;

    @Option(names = "--most-per-patient", paramLabel = "N", converter = SizeConverter.class, defaultValue = "all",
            description = "Sentences of a patient (default: ${DEFAULT-VALUE}).")
    private int mostPerPatient;

    @Option(names = "--match", paramLabel = "COLUMN", split = ",",
            description = "Take members and non-members in pairs that say the same in these columns of the notes; length is the"
                    + " sentence's, to within an eighth.")
    private List<String> match = List.of();

    @Option(names = "--keep-shared", arity = "0..1", fallbackValue = "true", paramLabel = "true|false",
            description = "Keep members that other patients' notes say too, and mark them; then the sets differ by more than memory.")
    private boolean sharedKept;

    @Option(names = "--min-length", paramLabel = "N", converter = LeastConverter.class, defaultValue = "20",
            description = "Characters of a sentence (default: ${DEFAULT-VALUE}).")
    private int minimumLength;

    @Option(names = "--min-words", paramLabel = "N", converter = LeastConverter.class, defaultValue = "1",
            description = "Words of a sentence (default: ${DEFAULT-VALUE}).")
    private int minimumWords;

    @Option(names = "--boilerplate-patients", paramLabel = "N", converter = SizeConverter.class, defaultValue = "all",
            description = "Leave out what is said of more of a set's chosen patients (default: ${DEFAULT-VALUE}, so nothing).")
    private int boilerplatePatients;

    @Option(names = "--ignore-digits", arity = "0..1", fallbackValue = "true", paramLabel = "true|false",
            description = "Sentences that differ in digits alone count as the same.")
    private boolean digitsIgnored;

    @Option(names = "--similarity", paramLabel = "J", converter = SimilarityConverter.class, defaultValue = "0.8",
            description = "From which Jaccard similarity a sentence counts as standing in the training notes (default: ${DEFAULT-VALUE}).")
    private double similarity;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the choice of patients and sentences (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--salt-file", paramLabel = "FILE",
            description = "Whose bytes are the salt of the pseudonyms, but for a line break at the end: the same salt gives a patient"
                    + " the same pseudonym in all"
                    + " datasets (default: a secret salt made of the notes themselves).")
    private Path saltFile;

    @Option(names = "--keep-ids", arity = "0..1", fallbackValue = "true", paramLabel = "true|false",
            description = "Call patients by their names in the notes.")
    private boolean idsKept;

    /** The preparation of these notes. */
    DatasetPreparation of(NoteInputs training, NoteInputs nonTraining) {
        return BadUsageException.ifRefused(() -> {
            DatasetPreparation preparation = DatasetPreparation.of(training, nonTraining).withSize(patients, sentences)
                    .withMostPerPatient(mostPerPatient).withLeastLength(minimumLength, minimumWords).withoutBoilerplate(boilerplatePatients)
                    .withNormalisation(digitsIgnored ? Normalisation.CASE_SPACE_AND_DIGITS : Normalisation.CASE_AND_SPACE)
                    .withSimilarity(similarity).withSeed(seed);
            DatasetPreparation named = withPseudonyms(preparation);
            DatasetPreparation sized = fewerAllowed ? named.withFewerAllowed() : named;
            return (sharedKept ? sized.withSharedKept() : sized).withMatching(Matching.by(match));
        });
    }

    private DatasetPreparation withPseudonyms(DatasetPreparation preparation) {
        if (idsKept) {
            return preparation.withPseudonyms(Pseudonyms.none());
        }
        return saltFile == null ? preparation : preparation.withPseudonyms(Pseudonyms.saltedBy(saltFile));
    }

    static final class SizeConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (value.equals("all")) {
                return DatasetPreparation.ALL;
            }
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new TypeConversionException("'" + value + "' is neither a whole number from 1 to 999999999 nor all");
            }
            return Integer.valueOf(value);
        }
    }

    static final class LeastConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("\\d{1,9}")) {
                throw new TypeConversionException("'" + value + "' is no whole number from 0 to 999999999");
            }
            return Integer.valueOf(value);
        }
    }

    static final class SimilarityConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            double similarity = value.matches("[0-9.eE+-]+") ? Double.parseDouble(value) : Double.NaN;
            if (!(similarity > 0 && similarity <= 1)) {
                throw new TypeConversionException("'" + value + "' is no number in (0, 1]");
            }
            return similarity;
        }
    }
}
