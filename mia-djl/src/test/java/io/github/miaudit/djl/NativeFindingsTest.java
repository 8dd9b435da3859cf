package io.github.miaudit.djl;

import static io.github.miaudit.djl.Findings.all;
import static io.github.miaudit.djl.Findings.linux;
import static io.github.miaudit.djl.Findings.settings;
import static io.github.miaudit.djl.Findings.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.SoftwareVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Natives and GPUs, in surroundings that are made up; what DJL does in them is in its LibUtils. */
@EnabledOnOs(OS.LINUX) // names of libraries
class NativeFindingsTest {

    private static final BundledNatives BUNDLED = new BundledNatives("0.36.0", "2.7.1", "2.7.1", new TreeSet<>(Set.of("cpu", "cu128")),
            Optional.of(new BundledNatives.Libtorch("2.7.1-20250812", "cpu", "linux-x86_64", List.of("libtorch.so", "libtorch_cpu.so"))));
    private static final BundledNatives WITHOUT = new BundledNatives("0.36.0", "2.7.1", "2.7.1", new TreeSet<>(Set.of("cpu", "cu128")),
            Optional.empty());
    private static final CudaDevices HOPPER = new CudaDevices("128", List.of(new CudaDevices.Gpu("90", 80L << 30, 79L << 30)), "");
    private static final DriverSigns DRIVER = new DriverSigns(1, List.of("Some GPU, driver 580.1"));
    private static final DriverSigns NO_DRIVER = new DriverSigns(0, List.of());

    @TempDir
    private Path folder;
    private Path torch;

    @BeforeEach
    void makeFolder() throws IOException {
        torch = Files.createDirectories(folder.resolve("torch/lib"));
        Files.createFile(torch.resolve("libtorch.so"));
    }

    @Test
    void thoseOfTheClassPathAreTheUsual() {
        assertEquals(List.of("FACT natives: those of the class path: PyTorch 2.7.1-20250812 cpu for linux-x86_64"), natives(linux()));
        assertEquals(List.of(), wrongNatives(linux("PYTORCH_VERSION", "2.7.1")), "a beginning of the version is that version");
    }

    @Test
    void aVersionThatIsNotThereWouldBeDownloaded() throws IOException {
        assertEquals(
                List.of("FAULT natives: PYTORCH_VERSION is 2.11.0, of which the class path holds no natives, so DJL would download them,"
                        + " which mia does not allow; unset it, or name a folder with libtorch by PYTORCH_LIBRARY_PATH (docs/gpu.md)"),
                wrongNatives(linux("PYTORCH_VERSION", "2.11.0")));
        assertTrue(wrongNatives(linux("PYTORCH_VERSION", "2.11.0", "DJL_OFFLINE", "false")).get(0).startsWith("ADVICE"));
        Path cached = Files.createDirectories(folder.resolve("pytorch/2.11.0-cpu-linux-x86_64"));
        Files.createFile(cached.resolve("libtorch.so"));
        assertEquals(List.of("FACT natives: those downloaded before: PyTorch 2.11.0 cpu, in " + cached),
                natives(linux("PYTORCH_VERSION", "2.11.0", "DJL_CACHE_DIR", folder.toString())));
        assertTrue(wrong(new NativeFindings(linux(), WITHOUT, CudaDevices.NONE)).get(0)
                .startsWith("FAULT natives: the class path holds no natives for linux-x86_64, so DJL would"));
    }

    @Test
    void whatIsMissingCanBeAdded() throws IOException {
        assertTrue(new NativeFindings(linux(), WITHOUT, CudaDevices.NONE).areMissing());
        Files.createFile(folder.resolve("libtorch.so"));
        assertFalse(new NativeFindings(linux("PYTORCH_LIBRARY_PATH", folder.toString()), WITHOUT, CudaDevices.NONE).areMissing());

        String advice = MissingNatives.advice("linux-x86_64");
        String version = SoftwareVersions.miaudit();
        assertTrue(advice.contains("<artifactId>mia-natives-linux-x86_64</artifactId>"), advice);
        assertTrue(advice.contains("runtimeOnly(\"io.github.miaudit:mia-natives-linux-x86_64:" + version + "\")"), advice);
        assertTrue(advice.contains("\"io.github.miaudit\" % \"mia-natives-linux-x86_64\" % \"" + version + "\" % Runtime"), advice);
        assertEquals(
                "there is no PyTorch to add for osx-x86_64, only for linux-aarch64, linux-x86_64, osx-aarch64, win-x86_64; a folder with"
                        + " libtorch that PYTORCH_LIBRARY_PATH names will do too (docs/gpu.md)",
                MissingNatives.advice("osx-x86_64"));
    }

    /** Each has a module that brings its natives. */
    @Test
    void platformsHaveModules() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("../mia-natives"))) {
            assertEquals(MissingNatives.PLATFORMS,
                    modules.filter(Files::isDirectory).map(module -> module.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void aKindThatDoesNotCountIsNamed() {
        assertEquals(List.of("ADVICE natives: PYTORCH_FLAVOR is cu128, which counts only beside PYTORCH_LIBRARY_PATH; what is used is cpu"),
                wrongNatives(linux("PYTORCH_FLAVOR", "cu128")));
    }

    @Test
    void aGpuThatNativesForTheCpuLeaveIdleIsNamed() {
        assertEquals(
                List.of("ADVICE natives: there is a GPU, and these natives are for the CPU alone, so it is not used; docs/gpu.md says"
                        + " how to get natives for CUDA"),
                wrong(new NativeFindings(linux(), BUNDLED, HOPPER)));
    }

    @Test
    void whatIsUnpackedInPartIsAFault() throws IOException {
        Path cached = Files.createDirectories(folder.resolve("pytorch/2.7.1-20250812-cpu-linux-x86_64"));
        Settings settings = linux("DJL_CACHE_DIR", folder.toString());
        NativeFindings findings = new NativeFindings(settings, BUNDLED, CudaDevices.NONE);
        assertFalse(findings.areUnpacked());
        Files.createFile(cached.resolve("libtorch.so"));
        assertTrue(findings.areUnpacked());
        assertEquals(List.of("FAULT natives: " + cached + " lacks libtorch_cpu.so; remove this folder, and it is unpacked anew"),
                wrong(findings));
        Files.createFile(cached.resolve("libtorch_cpu.so"));
        assertEquals(List.of(), wrong(findings));
    }

    @Test
    void nativesWithoutCodeForThemAreAFault() {
        BundledNatives older = new BundledNatives("0.36.0", "2.7.1", "2.7.1", Set.of("cpu"),
                Optional.of(new BundledNatives.Libtorch("2.5.1", "cu124", "linux-x86_64", List.of())));
        assertEquals(List.of("FAULT natives: the class path holds PyTorch 2.5.1 cu124, and JNI code for 2.7.1 cpu; take natives of that"
                + " version"), wrong(new NativeFindings(linux(), older, CudaDevices.NONE)));
    }

    @Test
    void aFolderWithoutLibtorchIsPassedOver() {
        assertEquals(
                List.of("ADVICE natives: PYTORCH_LIBRARY_PATH is " + folder + ", where no libtorch.so is, so it is passed over; name the"
                        + " folder that holds it, or unset the variable",
                        "FACT natives: those of the class path: PyTorch 2.7.1-20250812 cpu for linux-x86_64"),
                natives(linux("PYTORCH_LIBRARY_PATH", folder.toString())));
    }

    @Test
    void aFolderIsFoundAsInASearchPath() {
        assertEquals(Optional.of(new LibtorchFolder(torch)), LibtorchFolder.in("/nowhere:" + folder + ":" + torch));
        assertEquals(Optional.of(new LibtorchFolder(torch)), LibtorchFolder.in(torch.resolve("libtorch.so").toString()));
        assertEquals(Optional.empty(), LibtorchFolder.in(""));
    }

    @Test
    void aFolderWithoutAKindIsTakenForOneOfOld() {
        assertEquals(
                List.of("FAULT natives: PYTORCH_FLAVOR is not set, which DJL takes as cpu-precxx11, and the class path holds JNI code for"
                        + " cpu and cu128; set it to cpu"),
                wrongNatives(own()));
        assertEquals(List.of(), wrongNatives(own("PYTORCH_FLAVOR", "cpu")));
        assertTrue(wrong(new NativeFindings(own(), BUNDLED, HOPPER)).get(0).contains("takes as cu128-precxx11"));
        Settings windows = settings(
                Map.of("os.name", "Windows 11", "os.arch", "amd64", "user.home", "/nowhere", "java.io.tmpdir", "/nowhere"),
                "PYTORCH_LIBRARY_PATH", torch.toString());
        assertEquals(List.of(), wrongNatives(windows));
    }

    @Test
    void aFolderForCudaIsToBeCalledSo() throws IOException {
        assertEquals(List.of("FAULT natives: PYTORCH_FLAVOR is cu128, and the folder holds PyTorch for the CPU alone; set it to cpu"),
                wrongNatives(own("PYTORCH_FLAVOR", "cu128")));
        Files.createFile(torch.resolve("libtorch_cuda.so"));
        assertEquals(List.of(), wrongNatives(own("PYTORCH_FLAVOR", "cu128")));
        assertEquals(
                List.of("ADVICE natives: the folder holds PyTorch for CUDA, and PYTORCH_FLAVOR is cpu, so no GPU is used; set it to the"
                        + " kind that the folder is of, such as cu128"),
                wrongNatives(own("PYTORCH_FLAVOR", "cpu")));
        assertTrue(wrongNatives(own("PYTORCH_FLAVOR", "cu130")).get(0).endsWith("; set it to cu128"));
    }

    @Test
    void anotherPytorchNeedsCodeOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("torch/version.py"),
                "from typing import Optional\n\n__version__ = '2.11.0+cu130'\ndebug = False\n");
        assertEquals(Optional.of("2.11.0+cu130"), new LibtorchFolder(torch).version());
        assertTrue(
                wrongNatives(own("PYTORCH_FLAVOR", "cpu")).get(0).startsWith("FAULT natives: the folder holds PyTorch 2.11.0+cu130, and the"
                        + " JNI code is for 2.7.1; loading both together can end the process; take PyTorch 2.7.1, or compile"));
        assertTrue(wrongNatives(own("PYTORCH_FLAVOR", "cpu", "PYTORCH_VERSION", "2.11.0")).get(0)
                .startsWith(
                        "FAULT natives: PYTORCH_VERSION is 2.11.0, and the class path holds JNI code for PyTorch 2.7.1 alone"));
        assertTrue(
                wrongNatives(own("PYTORCH_FLAVOR", "cpu", "PYTORCH_VERSION", "newest")).get(0).contains("which DJL does not understand"));

        Files.createFile(torch.resolve("libdjl_torch.so"));
        assertEquals(List.of(), wrongNatives(own("PYTORCH_FLAVOR", "cpu", "PYTORCH_VERSION", "2.11.0")));
        assertTrue(natives(own()).get(0).endsWith("; JNI code " + torch.resolve("libdjl_torch.so")));
    }

    @Test
    void theSamePytorchNeedsNone() throws IOException {
        Files.writeString(folder.resolve("torch/build-version"), "2.7.1+cu128\n");
        Files.createFile(torch.resolve("libtorch_cuda.so"));
        assertEquals(List.of(), wrongNatives(own("PYTORCH_FLAVOR", "cu128", "PYTORCH_VERSION", "2.7.1")));
        Files.writeString(folder.resolve("torch/build-version"), "2.7.10\n");
        assertEquals(1, wrongNatives(own("PYTORCH_FLAVOR", "cu128")).size());
    }

    @Test
    void tokenizersForCudaAreNotDownloaded() {
        assertEquals(List.of(), wrong(new TokenizerFindings(linux(), HOPPER)), "offline, those for the CPU are taken");
        assertEquals(List.of(), wrong(new TokenizerFindings(linux("RUST_FLAVOR", "cpu", "DJL_OFFLINE", "false"), HOPPER)));
        assertEquals(List.of(), wrong(new TokenizerFindings(linux("RUST_FLAVOR", "cu122"), CudaDevices.NONE)));
        assertTrue(wrong(new TokenizerFindings(linux("DJL_OFFLINE", "false"), HOPPER)).get(0)
                .startsWith("ADVICE tokenizers: RUST_FLAVOR is not set and there is a GPU"));
        assertTrue(
                wrong(new TokenizerFindings(linux("RUST_FLAVOR", "cu122"), HOPPER)).get(0).startsWith("FAULT tokenizers: RUST_FLAVOR is"));
        assertTrue(wrong(new TokenizerFindings(linux("RUST_FLAVOR", "mkl"), CudaDevices.NONE)).get(0).contains("which DJL does not know"));
        assertTrue(wrong(new TokenizerFindings(linux("RUST_LIBRARY_PATH", folder.toString()), CudaDevices.NONE)).get(0)
                .endsWith("which is no libtokenizers.so; unset it"));
    }

    @Test
    void gpusAreDescribed() {
        assertEquals(List.of("FACT GPUs: gpu:0, Some GPU, driver 580.1, compute capability 9.0, 80.0 GiB, 79.0 GiB free; scores in bfloat16"
                + " unless told otherwise"), all(new GpuFindings(linux(), HOPPER, DRIVER)));
        assertEquals(List.of("FACT GPUs: DJL sees none"), all(new GpuFindings(linux(), CudaDevices.NONE, NO_DRIVER)));
    }

    @Test
    void aGpuThatIsNotSeenIsExplained() throws IOException {
        assertEquals(
                "ADVICE GPUs: DJL finds GPUs by CUDA's runtime library, under the name libcudart.so, and there is none in the folders of"
                        + " LD_LIBRARY_PATH or -Djna.library.path; add the folder that holds it",
                unseen(linux()));
        assertTrue(unseen(linux("CUDA_VISIBLE_DEVICES", "")).endsWith("CUDA_VISIBLE_DEVICES is '', which hides all GPUs; unset it"));
        Path versioned = Files.createFile(folder.resolve("libcudart.so.12"));
        assertTrue(unseen(linux("LD_LIBRARY_PATH", "/nowhere:" + folder)).endsWith("; make a link of that name to " + versioned));
        Files.createFile(folder.resolve("libcudart.so"));
        assertTrue(unseen(linux("LD_LIBRARY_PATH", folder.toString())).contains("is there, " + folder.resolve("libcudart.so")
                + ", and sees no GPU; is it newer than the driver"));
        assertEquals(List.of("FACT GPUs: DJL sees none; CUDA's runtime library says: too old (35); there is: Some GPU, driver 580.1",
                "ADVICE GPUs: CUDA's runtime library says: too old (35); a newer driver, or an older CUDA, or access for this user or"
                        + " container may help"),
                all(new GpuFindings(linux(), CudaDevices.none("too old (35)"), DRIVER)));
    }

    private static String unseen(Settings settings) {
        return wrong(new GpuFindings(settings, CudaDevices.NONE, DRIVER)).get(0);
    }

    /** A folder of one's own. */
    private Settings own(String... namesAndValues) {
        Settings settings = linux(namesAndValues);
        settings.environment().put("PYTORCH_LIBRARY_PATH", torch.toString());
        return settings;
    }

    private static List<String> natives(Settings settings) {
        return all(new NativeFindings(settings, BUNDLED, CudaDevices.NONE));
    }

    private static List<String> wrongNatives(Settings settings) {
        return wrong(new NativeFindings(settings, BUNDLED, CudaDevices.NONE));
    }
}
