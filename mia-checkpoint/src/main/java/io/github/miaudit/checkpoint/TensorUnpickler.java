package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
class TensorUnpickler extends Unpickler {

    /** The numbers that tensors share: so many elements, under a name in the file. */
    record Storage(ElementType type, int elementBytes, String key, long elements) {
    }

    /** A view on a storage. */
    record Tensor(Storage storage, long offset, long[] shape, long[] strides) {

        /** The size of its elements, however many of them share a place; a shape can state more than there are longs. */
        double bytes() {
            return Arrays.stream(shape).asDoubleStream().reduce(storage.elementBytes, (product, axis) -> product * axis);
        }
    }

    /** A type of storage, as a value on the unpickler's stack. */
    private record StorageType(String name) {
    }

    /** What Python's OrderedDict becomes; its attributes are dropped. */
    private static final class Dictionary extends LinkedHashMap<Object, Object> {

        private static final long serialVersionUID = 1;
    }

    private static final Map<String, Integer> ELEMENT_BYTES = Map.of("FloatStorage", 4, "HalfStorage", 2, "BFloat16Storage", 2,
            "DoubleStorage", 8, "LongStorage", 8, "IntStorage", 4, "ShortStorage", 2, "CharStorage", 1, "ByteStorage", 1, "BoolStorage", 1);

    /** Of the instructions those that {@code torch.save} writes in protocol 2 or later; some others take forever for long numbers. */
    private static final Set<Short> INSTRUCTIONS = Set.of(Opcodes.PROTO, Opcodes.FRAME, Opcodes.STOP, Opcodes.MARK, Opcodes.NONE,
            Opcodes.NEWTRUE, Opcodes.NEWFALSE, Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.LONG1, Opcodes.BINFLOAT,
            Opcodes.BINSTRING, Opcodes.SHORT_BINSTRING, Opcodes.BINUNICODE, Opcodes.SHORT_BINUNICODE, Opcodes.BINUNICODE8,
            Opcodes.EMPTY_LIST, Opcodes.APPEND, Opcodes.APPENDS, Opcodes.EMPTY_DICT, Opcodes.SETITEM, Opcodes.SETITEMS, Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE, Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3, Opcodes.BINGET, Opcodes.LONG_BINGET, Opcodes.BINPUT,
            Opcodes.LONG_BINPUT, Opcodes.MEMOIZE, Opcodes.REDUCE, Opcodes.BINPERSID);

    private final Map<String, IObjectConstructor> functions = Map.of("collections.OrderedDict", this::dictionary,
            "torch._utils._rebuild_tensor", this::tensor, "torch._utils._rebuild_tensor_v2", this::tensor,
            "torch._utils._rebuild_parameter", arguments -> arguments[0]);

    private final Path file;
    /** How many values functions may still copy: none needs more than were read. */
    private long copies;

    TensorUnpickler(Path file) {
        this.file = file;
    }

    /** Reads one pickle and leaves the stream behind it. */
    Object read(ByteArrayInputStream pickle) {
        copies = pickle.available();
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
                if (!(name instanceof String) || !(stack.peek() instanceof String)) { // a list of lists of lists takes forever to print
                    throw new InvalidFileException(file,
                            "holds a pickle that asks for what has no name, which tensors don't need; refused");
                }
                stack.add(allowed(stack.pop() + "." + name));
            }
            case Opcodes.BUILD -> {
                stack.pop(); // the attributes of an OrderedDict
                if (!(stack.peek() instanceof Dictionary)) {
                    throw new InvalidFileException(file,
                            "holds a pickle that sets the state of something other than a dictionary; refused");
                }
            }
            case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX, Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 ->
                    throw new InvalidFileException(file,
                            "holds a pickle that makes objects (instruction " + opcode + "), which tensors don't need; refused");
            default -> {
                if (!INSTRUCTIONS.contains(opcode)) {
                    throw new InvalidFileException(file,
                            "holds a pickle with the instruction " + opcode + ", which tensors don't need; refused");
                }
                requireLength(opcode, input);
                requirePlainKeys(opcode);
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** A tensor names its storage by ("storage", type, key, device, elements) and, in old files, a view. */
    @Override
    protected Object persistentLoad(Object id) {
        if (id instanceof Object[] parts && parts.length >= 5 && "storage".equals(parts[0]) && parts[1] instanceof StorageType type
                && parts[2] instanceof String key && parts[4] instanceof Number elements && (parts.length == 5 || parts[5] == null)) {
            return new Storage(ElementType.ofStorage(type.name), Objects.requireNonNull(ELEMENT_BYTES.get(type.name)), key,
                    elements.longValue());
        }
        throw new InvalidFileException(file, "holds a pickle that refers to something other than a whole storage of numbers; refused");
    }

    /** What a name of the pickle stands for. */
    Object allowed(String name) {
        if (functions.containsKey(name)) {
            return functions.get(name);
        }
        if (name.startsWith("torch.") && ELEMENT_BYTES.containsKey(name.substring("torch.".length()))) {
            return new StorageType(name.substring("torch.".length()));
        }
        throw new InvalidFileException(file,
                "holds a pickle that asks for " + InvalidFileException.printable(name) + ", which tensors don't need; refused");
    }

    /** A length that is longer than the file would be allocated before it is read. */
    private void requireLength(short opcode, InputStream pickle) throws IOException {
        int bytes = switch (opcode) {
            case Opcodes.BINSTRING, Opcodes.BINUNICODE -> Integer.BYTES;
            case Opcodes.BINUNICODE8 -> Long.BYTES;
            default -> 0;
        };
        pickle.mark(Long.BYTES);
        long length = 0;
        for (int place = 0; place < bytes; place++) {
            length |= (long) pickle.read() << (8 * place);
        }
        pickle.reset();
        if (bytes > 0 && !(length >= 0 && length <= pickle.available())) {
            throw new InvalidFileException(file,
                    "holds a pickle with a string of " + length + " bytes where " + pickle.available() + " are left; the file is broken");
        }
    }

    /** A key that is a list of lists of lists takes forever to hash. */
    private void requirePlainKeys(short opcode) {
        if (opcode == Opcodes.SETITEM) {
            Object value = stack.pop();
            requirePlain(stack.peek());
            stack.add(value);
        } else if (opcode == Opcodes.SETITEMS) {
            List<Object> items = stack.pop_all_since_marker();
            stack.add_mark();
            for (int item = 0; item < items.size(); item++) {
                if (item % 2 == 0) {
                    requirePlain(items.get(item));
                }
                stack.add(items.get(item));
            }
        }
    }

    private void requirePlain(Object key) {
        if (!(key instanceof String)) {
            throw new InvalidFileException(file,
                    "holds a pickle of a dictionary with a key that is no string, which tensors don't need; refused");
        }
    }

    /** Lists and tuples are stated once and can be used often. */
    private void count(int copied) {
        copies -= copied;
        if (copies < 0) {
            throw new InvalidFileException(file,
                    "holds a pickle that uses the same values over and over, which tensors don't need; refused");
        }
    }

    private Object dictionary(Object[] arguments) {
        Dictionary dictionary = new Dictionary();
        if (arguments.length > 0) { // Python 2 gives the entries as a list of pairs
            List<?> pairs = (List<?>) arguments[0];
            count(pairs.size());
            for (Object pair : pairs) {
                Object[] entry = pair instanceof List<?> list && list.size() == 2 ? list.toArray() : (Object[]) pair;
                requirePlain(entry[0]);
                dictionary.put(entry[0], entry[1]);
            }
        }
        return dictionary;
    }

    private Object tensor(Object[] arguments) {
        return new Tensor((Storage) arguments[0], ((Number) arguments[1]).longValue(), numbers(arguments[2]), numbers(arguments[3]));
    }

    private long[] numbers(Object tuple) {
        Object[] numbers = (Object[]) tuple;
        count(numbers.length);
        return Stream.of(numbers).mapToLong(number -> ((Number) number).longValue()).toArray();
    }
}
