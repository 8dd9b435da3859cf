package io.github.miaudit.djl;

import io.github.miaudit.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Unpickles tensors and nothing else. A pickle is a program that may call any function by name; this one knows the
 * functions below, refuses every other by name before anything is called, and refuses the instructions that make
 * objects in other ways.
 */
final class TensorUnpickler extends Unpickler {

    /**
     * The numbers that tensors share.
     *
     * @param type         how they are stored
     * @param elementBytes the size of one
     * @param key          the storage's name in its file
     * @param elements     how many there are
     */
    record Storage(ElementType type, int elementBytes, String key, long elements) {
    }

    /** A view on a storage. */
    record Tensor(Storage storage, long offset, long[] shape, long[] strides) {
    }

    /** A type of storage, as a value on the unpickler's stack. */
    private record StorageType(String name) {

        private int elementBytes() {
            return ELEMENT_BYTES.get(name);
        }
    }

    /** What Python's OrderedDict becomes; its attributes are dropped. */
    private static final class Dictionary extends LinkedHashMap<Object, Object> {

        private static final long serialVersionUID = 1;
    }

    private static final Map<String, Integer> ELEMENT_BYTES = Map.of("FloatStorage", 4, "HalfStorage", 2, "BFloat16Storage", 2,
            "DoubleStorage", 8, "LongStorage", 8, "IntStorage", 4, "ShortStorage", 2, "CharStorage", 1, "ByteStorage", 1, "BoolStorage", 1);

    private static final Map<String, IObjectConstructor> FUNCTIONS = Map.of(
            "collections.OrderedDict", TensorUnpickler::dictionary,
            "torch._utils._rebuild_tensor", TensorUnpickler::tensor,
            "torch._utils._rebuild_tensor_v2", TensorUnpickler::tensor,
            "torch._utils._rebuild_parameter", arguments -> arguments[0]);

    private final Path file;

    TensorUnpickler(Path file) {
        this.file = file;
    }

    /** Reads one pickle and leaves the stream behind it. */
    Object read(ByteArrayInputStream pickle) {
        try {
            return load(pickle);
        } catch (InvalidFileException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) { // the library's ways to say that a pickle is malformed
            throw new InvalidFileException(file, "holds a malformed pickle (" + e.getClass().getSimpleName() + "); is the file complete?");
        }
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> {
                String module = PickleUtils.readline(input);
                stack.add(allowed(module + "." + PickleUtils.readline(input)));
            }
            case Opcodes.STACK_GLOBAL -> {
                Object name = stack.pop();
                stack.add(allowed(stack.pop() + "." + name));
            }
            case Opcodes.BUILD -> {
                stack.pop(); // the attributes of an OrderedDict
                if (!(stack.peek() instanceof Dictionary)) {
                    throw new InvalidFileException(file, "holds a pickle that sets the state of something other than a dictionary; refused");
                }
            }
            case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX, Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 ->
                    throw new InvalidFileException(file, "holds a pickle that makes objects (instruction " + opcode + "), which tensors don't need; refused");
            default -> {
                requireLength(opcode, input);
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** A tensor names its storage by ("storage", type, key, device, elements) and, in old files, a view. */
    @Override
    protected Object persistentLoad(Object id) {
        if (id instanceof Object[] parts && parts.length >= 5 && "storage".equals(parts[0]) && parts[1] instanceof StorageType type
                && parts[4] instanceof Number elements && (parts.length == 5 || parts[5] == null)) {
            return new Storage(ElementType.ofStorage(type.name), type.elementBytes(), String.valueOf(parts[2]), elements.longValue());
        }
        throw new InvalidFileException(file, "holds a pickle that refers to something other than a whole storage of numbers; refused");
    }

    private Object allowed(String name) {
        if (FUNCTIONS.containsKey(name)) {
            return FUNCTIONS.get(name);
        }
        if (name.startsWith("torch.") && ELEMENT_BYTES.containsKey(name.substring("torch.".length()))) {
            return new StorageType(name.substring("torch.".length()));
        }
        throw new InvalidFileException(file, "holds a pickle that asks for " + printable(name) + ", which tensors don't need; refused");
    }

    private static String printable(String name) {
        return name.substring(0, Math.min(80, name.length())).replaceAll("[^\\p{Graph} ]", "?");
    }

    /** A length that is longer than the file would be allocated before it is read. */
    private void requireLength(short opcode, InputStream pickle) throws IOException {
        int bytes = switch (opcode) {
            case Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.LONG4 -> Integer.BYTES;
            case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> Long.BYTES;
            default -> 0;
        };
        pickle.mark(Long.BYTES);
        long length = 0;
        for (int place = 0; place < bytes; place++) {
            length |= (long) pickle.read() << (8 * place);
        }
        pickle.reset();
        if (bytes > 0 && !(length >= 0 && length <= pickle.available())) {
            throw new InvalidFileException(file, "holds a pickle with a string of " + length + " bytes where " + pickle.available() + " are left; the file is broken");
        }
    }

    private static Object dictionary(Object[] arguments) {
        Dictionary dictionary = new Dictionary();
        if (arguments.length > 0) { // Python 2 gives the entries as a list of pairs
            for (Object pair : (List<?>) arguments[0]) {
                Object[] entry = pair instanceof List<?> list ? list.toArray() : (Object[]) pair;
                dictionary.put(entry[0], entry[1]);
            }
        }
        return dictionary;
    }

    private static Object tensor(Object[] arguments) {
        return new Tensor((Storage) arguments[0], ((Number) arguments[1]).longValue(), numbers(arguments[2]), numbers(arguments[3]));
    }

    private static long[] numbers(Object tuple) {
        return Stream.of((Object[]) tuple).mapToLong(number -> ((Number) number).longValue()).toArray();
    }
}
