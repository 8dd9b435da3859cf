package io.github.miaudit.checkpoint;

import java.util.Set;

/**
 * What a program may call of libtorch: functions of tensors and plain values whose result depends on their arguments alone. None
 * reads or writes files, prints, draws at random, waits, takes what is not a tensor's for its numbers, or is of a library of its
 * own. Those that end in an underscore change their first argument, and those below that add to a list or take from it.
 */
final class ProgramOperators {

    private static final Set<String> FUNCTIONS = words("""
            __and__ __contains__ __getitem__ __is__ __isnot__ __not__ __or__ __xor__ _convolution
            abs add add_ addbmm addcdiv addcmul addmm addmv alias all amax amin any append arange argmax argmin argsort as_strided
            atan atan2 avg_pool1d avg_pool2d baddbmm batch_norm bitwise_and bitwise_not bitwise_or bitwise_xor bmm broadcast_tensors
            broadcast_to bucketize cat cdist ceil celu chunk clamp clamp_ clamp_max clamp_min clip clone complex concat constant_pad_nd
            contiguous conv1d conv2d copy copy_ cos cosh count_nonzero cumprod cumsum cumsum_ deg2rad detach detach_ device diag
            diag_embed diagonal diff dim div div_ divide dot dropout dropout_ einsum elu embedding eq equal erf erfc exp exp2 expand
            expand_as expm1 eye fft_fft fft_fft2 fft_fftn fft_ifft fft_irfft fft_rfft fill fill_ flatten flip float_power floor
            floor_divide floordiv fmod format full full_like gather ge gelu glu greater greater_equal group_norm gt hardsigmoid hardswish
            hardtanh hstack im2col imag index index_add index_copy index_fill index_put index_put_ index_select insert instance_norm
            is_complex is_floating_point is_nonzero isfinite isinf isnan isneginf isposinf item layer_norm le leaky_relu len lerp less
            less_equal linalg_norm linalg_vector_norm linear linspace list log log10 log1p log2 log_softmax logaddexp logical_and
            logical_not logical_or logical_xor logsumexp lt masked_fill masked_fill_ masked_scatter masked_select matmul max max_pool1d
            max_pool2d maximum mean meshgrid min minimum mish mm movedim mul mul_ multiply mv nan_to_num narrow ne neg negative
            new_full new_ones new_zeros nonzero norm not_equal numel numpy_T one_hot ones ones_like outer pad permute pixel_shuffle pop
            positive pow pow_ prelu prod reciprocal real reflection_pad1d relu relu6 relu_ remainder repeat repeat_interleave
            replication_pad1d reshape reshape_as resolve_conj rms_norm roll rot90 round rsqrt rsub scalar_tensor
            scaled_dot_product_attention scatter scatter_ scatter_add scatter_add_ scatter_reduce searchsorted select select_scatter selu
            sigmoid sign silu silu_ sin sinh size slice slice_scatter softmax softplus sort split split_with_sizes sqrt square squeeze
            squeeze_ stack std std_mean sub sub_ subtract sum sym_size t tan tanh tanh_ tensor tensor_split tensordot threshold tile to
            topk trace transpose tril triu true_divide trunc type_as unbind unflatten unfold unsqueeze unsqueeze_ upsample_nearest1d
            values var var_mean view view_as view_as_complex view_as_real vstack warn where zero_ zeros zeros_like""");

    private static final Set<String> OTHERS = words("""
            prim.NumToTensor prim.RaiseException prim.data prim.device prim.dtype prim.max prim.min prim.abs prim.shape prim.layout
            prim.is_cuda prim.unchecked_cast prim.unchecked_unwrap_optional aten.Int aten.Float aten.Bool aten.ScalarImplicit
            aten.IntImplicit aten.FloatImplicit""");

    /** Arguments that are named; others, such as out, are tensors that are written to. */
    private static final Set<String> ARGUMENTS = words("""
            alpha approximate beta copy correction device dim dropout_p dtype enable_gqa end include_self indexing is_causal keepdim layout
            memory_format non_blocking p pin_memory rounding_mode scale start step train value""");

    /** Numbers with a name. */
    private static final Set<String> NUMBERS = Set.of("inf", "nan");

    /** Of the functions those that change a list. */
    private static final Set<String> LIST_CHANGES = words("append insert pop");

    /** Of the functions those whose result may share numbers with their first argument. */
    private static final Set<String> VIEWS = words("""
            alias as_strided broadcast_to chunk contiguous detach diagonal expand expand_as flatten movedim narrow numpy_T permute real
            reshape reshape_as select slice split split_with_sizes squeeze t to transpose type_as unbind unflatten unfold unsqueeze view
            view_as view_as_complex view_as_real""");

    private ProgramOperators() {
    }

    /** Whether {@code torch.name} may be called. */
    static boolean isKnown(String name) {
        return FUNCTIONS.contains(name);
    }

    /** Whether {@code ops.namespace.name} may be called. */
    static boolean isKnown(String namespace, String name) {
        return OTHERS.contains(namespace + "." + name);
    }

    /** Whether an argument may be given by this name. */
    static boolean isArgument(String name) {
        return ARGUMENTS.contains(name);
    }

    /** Whether a name stands for a number. */
    static boolean isNumber(String name) {
        return NUMBERS.contains(name);
    }

    /** Whether a function changes its first argument. */
    static boolean changesItsArgument(String name) {
        return LIST_CHANGES.contains(name) || name.endsWith("_") && !name.endsWith("__");
    }

    /** Whether what a function gives can be the same numbers as its first argument. */
    static boolean isView(String name) {
        return VIEWS.contains(name) || name.equals("data");
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
