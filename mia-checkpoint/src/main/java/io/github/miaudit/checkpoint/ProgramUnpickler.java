package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;

/**
 * Unpickles what TorchScript pickles: tensors, plain values and objects of the program's own classes, of which nothing is called.
 * libtorch reads the same bytes with an unpickler of its own; a pickle that the two could take for two things is refused. Theirs
 * knows only these instructions, keeps marks apart from values, and takes what it remembers from a list.
 */
final class ProgramUnpickler extends TensorUnpickler {

    /** An object of a class of the program, with its attributes. */
    record Instance(String className, Map<?, ?> attributes) {
    }

    /** A class of the program, as a value on the unpickler's stack. */
    private record ClassName(String name) {
    }

    /** What Python's hooks of a tensor become. */
    private enum NoHooks {
        INSTANCE
    }

    /** An object that has no attributes yet. */
    private record Blank(String className) {
    }

    /** Of the instructions those that TorchScript writes, and how many values each takes from the top of the stack. */
    private static final Map<Short, Integer> TAKEN = Map.ofEntries(Map.entry(Opcodes.PROTO, 0), Map.entry(Opcodes.STOP, 1),
            Map.entry(Opcodes.MARK, 0), Map.entry(Opcodes.NONE, 0), Map.entry(Opcodes.NEWTRUE, 0), Map.entry(Opcodes.NEWFALSE, 0),
            Map.entry(Opcodes.BININT, 0), Map.entry(Opcodes.BININT1, 0), Map.entry(Opcodes.BININT2, 0), Map.entry(Opcodes.LONG1, 0),
            Map.entry(Opcodes.BINFLOAT, 0), Map.entry(Opcodes.BINUNICODE, 0), Map.entry(Opcodes.EMPTY_LIST, 0),
            Map.entry(Opcodes.APPENDS, 0), Map.entry(Opcodes.EMPTY_DICT, 0), Map.entry(Opcodes.SETITEMS, 0),
            Map.entry(Opcodes.EMPTY_TUPLE, 0), Map.entry(Opcodes.TUPLE, 0), Map.entry(Opcodes.TUPLE1, 1), Map.entry(Opcodes.TUPLE2, 2),
            Map.entry(Opcodes.TUPLE3, 3), Map.entry(Opcodes.BINGET, 0), Map.entry(Opcodes.LONG_BINGET, 0), Map.entry(Opcodes.BINPUT, 1),
            Map.entry(Opcodes.LONG_BINPUT, 1), Map.entry(Opcodes.GLOBAL, 0), Map.entry(Opcodes.NEWOBJ, 2), Map.entry(Opcodes.BUILD, 2),
            Map.entry(Opcodes.REDUCE, 2), Map.entry(Opcodes.BINPERSID, 1));
    private static final Set<String> LISTS = Set.of("build_intlist", "build_doublelist", "build_boollist", "build_tensorlist");
    private static final int PROTOCOL = 2;

    private final Path file;
    private final String member;
    private final Predicate<String> isClass;
    private final Predicate<String> isType;
    private final List<TensorUnpickler.Tensor> tensors = new ArrayList<>();
    private final Set<Integer> remembered = new HashSet<>();
    private int length;
    private boolean training;

    /**
     * An unpickler of one pickle.
     *
     * @param member  the pickle's name in the archive
     * @param isClass whether the program has a class of a name
     * @param isType  whether text is a type that the program may use
     */
    ProgramUnpickler(Path file, String member, Predicate<String> isClass, Predicate<String> isType) {
        super(file);
        this.file = file;
        this.member = member;
        this.isClass = isClass;
        this.isType = isType;
    }

    /** Reads a pickle, which must be all there is. */
    Object read(byte[] content) {
        length = content.length;
        ByteArrayInputStream pickle = new ByteArrayInputStream(content);
        Object value = read(pickle);
        if (pickle.available() > 0) {
            throw refused("goes on behind its end");
        }
        return value;
    }

    /** The tensors that were made. */
    List<TensorUnpickler.Tensor> tensors() {
        return tensors;
    }

    /** Whether some object says that it trains. */
    boolean isTraining() {
        return training;
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        Integer taken = TAKEN.get(opcode);
        if (taken == null) {
            throw refused("has the instruction " + opcode + ", which no program needs");
        }
        requireValues(taken);
        switch (opcode) {
            case Opcodes.PROTO -> {
                if (peek(1) != PROTOCOL) {
                    throw refused("is not of protocol " + PROTOCOL);
                }
            }
            case Opcodes.STOP -> {
                if (stack.size() != 1) {
                    throw refused("leaves more than one value");
                }
            }
            case Opcodes.LONG1 -> {
                if (peek(1) != Long.BYTES) {
                    throw refused("has a number that is not of " + Long.BYTES + " bytes");
                }
            }
            case Opcodes.BINPUT, Opcodes.LONG_BINPUT -> remember(peek(opcode == Opcodes.BINPUT ? 1 : Integer.BYTES));
            case Opcodes.BINGET, Opcodes.LONG_BINGET -> {
                if (!remembered.contains(peek(opcode == Opcodes.BINGET ? 1 : Integer.BYTES))) {
                    throw refused("uses a value that it has not remembered");
                }
            }
            case Opcodes.SETITEMS -> requirePairs();
            case Opcodes.NEWOBJ -> {
                if (!(stack.pop() instanceof Object[] none && none.length == 0 && stack.pop() instanceof ClassName created)) {
                    throw refused("makes an object of no class");
                }
                stack.add(new Blank(created.name));
                return NO_RETURN_VALUE;
            }
            case Opcodes.BUILD -> {
                if (!(stack.pop() instanceof Map<?, ?> attributes && stack.pop() instanceof Blank blank)) {
                    throw refused("sets the state of something other than a new object");
                }
                training |= Boolean.TRUE.equals(attributes.get("training"));
                stack.add(new Instance(blank.className, attributes));
                return NO_RETURN_VALUE;
            }
            default -> {
            }
        }
        Object result = super.dispatch(opcode);
        if (opcode == Opcodes.REDUCE && stack.peek() instanceof TensorUnpickler.Tensor tensor) {
            tensors.add(tensor);
        }
        return result;
    }

    @Override
    Object allowed(String name) {
        if (name.startsWith("__torch__.")) {
            if (!isClass.test(name)) {
                throw refused("makes an object of class " + InvalidFileException.printable(name) + ", which the program does not have");
            }
            return new ClassName(name);
        }
        if (name.startsWith("torch.jit._pickle.")) {
            String function = name.substring("torch.jit._pickle.".length());
            if (LISTS.contains(function)) {
                return (IObjectConstructor) ProgramUnpickler::list;
            } else if (function.equals("restore_type_tag")) {
                return (IObjectConstructor) this::tagged;
            }
        }
        if (name.equals("collections.OrderedDict")) {
            return (IObjectConstructor) arguments -> NoHooks.INSTANCE;
        }
        Object allowed = super.allowed(name);
        if (allowed instanceof IObjectConstructor && !name.equals("torch._utils._rebuild_tensor_v2")) {
            throw refused("asks for " + name + ", which no program needs");
        }
        return allowed instanceof IObjectConstructor rebuilding ? (IObjectConstructor) arguments -> rebuilt(arguments, rebuilding)
                : allowed;
    }

    private static Object list(Object[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException();
        }
        return (List<?>) arguments[0];
    }

    private Object tagged(Object[] arguments) {
        if (arguments.length != 2 || !(arguments[1] instanceof String type && isType.test(type))) {
            throw refused("says that a value is of a type that no program needs");
        }
        return arguments[0];
    }

    /** Storage, offset, shape, strides, whether it wants a gradient, hooks that are none. */
    private Object rebuilt(Object[] arguments, IObjectConstructor rebuilding) {
        if (arguments.length != 6 || !(arguments[4] instanceof Boolean) || arguments[5] != NoHooks.INSTANCE) {
            throw refused("makes a tensor of unknown parts");
        }
        return rebuilding.construct(arguments);
    }

    /** Marks are no values; Python's unpicklers could take them for such. */
    private void requireValues(int count) {
        stack.add_mark();
        Object mark = stack.pop();
        List<Object> taken = new ArrayList<>();
        for (int value = 0; value < count; value++) {
            if (stack.size() == 0 || stack.peek() == mark) {
                throw refused("takes values that are not there");
            }
            taken.add(0, stack.pop());
        }
        taken.forEach(stack::add);
    }

    private void requirePairs() {
        List<Object> items = stack.pop_all_since_marker();
        if (items.size() % 2 != 0) {
            throw refused("has a dictionary with a key without a value");
        }
        stack.add_mark();
        items.forEach(stack::add);
    }

    private void remember(int number) {
        if (number < 0 || number >= length || stack.peek() instanceof Blank || !remembered.add(number)) {
            throw refused("remembers values in an unusual way");
        }
    }

    /** The next bytes as a little-endian number. */
    private int peek(int bytes) throws IOException {
        input.mark(Integer.BYTES);
        int number = 0;
        for (int place = 0; place < bytes; place++) {
            number |= (input.read() & 0xff) << Byte.SIZE * place;
        }
        input.reset();
        return number;
    }

    private InvalidFileException refused(String why) {
        return new InvalidFileException(file, "holds " + member + ", a pickle that " + why + "; refused");
    }
}
