package io.github.miaudit.djl;

import static io.github.miaudit.djl.Findings.all;
import static io.github.miaudit.djl.Findings.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.SoftwareVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole look, with processes that load natives. */
class InstallationTest {

    @TempDir
    private Path folder;

    @Test
    void aMachineThatCanRunTheseTestsHasNoFault() {
        List<Finding> findings = findings(Map.of());
        assertEquals(List.of(), faults(findings));
        assertEquals(
                List.of("software", "java", "system", "memory", "cores", "encoding", "settings", "temporary", "cache", "GPUs", "natives",
                        "engine"),
                findings.stream().map(Finding::subject).filter(subject -> !subject.equals("tokenizers")).distinct().toList());
        String all = findings.toString();
        assertTrue(all.contains("cpu computes") && all.contains("the tokenizers are loaded"), all);
        assertTrue(all.contains("MIAudit " + SoftwareVersions.miaudit() + ", DJL 0.36.0, made for PyTorch 2.7.1"),
                all);
    }

    @Test
    void whatWouldBeDownloadedIsNot() {
        List<String> faults = faults(findings(Map.of("PYTORCH_VERSION", "9.9.9", "DJL_CACHE_DIR", folder.toString())));
        assertTrue(faults.get(0).startsWith("PYTORCH_VERSION is 9.9.9, of which the class path holds no natives"), faults.toString());
        assertTrue(faults.get(1).startsWith("loading PyTorch failed: ") && faults.get(1).contains("Offline mode is enabled"),
                faults.toString());
        assertEquals(2, faults.size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nativesThatAreNoneAreAFindingNotAnEnd() throws IOException {
        Files.writeString(folder.resolve("libtorch.so"), "no library");
        List<String> faults = faults(findings(Map.of("PYTORCH_LIBRARY_PATH", folder.toString(), "PYTORCH_FLAVOR", "cpu")));
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("loading PyTorch failed: ") && faults.get(0).contains("libtorch.so"), faults.toString());
    }

    @Test
    void aProcessThatEndsIsToldWithWhatItDid() {
        EngineTrial.Outcome died = new EngineTrial.Outcome(true, 134,
                List.of("step loading PyTorch", "result PyTorch 2.7.1 is loaded", "step computing on cpu", "# noise"),
                List.of("one", "java: symbol lookup error: x", ""));
        assertEquals(List.of("FACT engine: PyTorch 2.7.1 is loaded",
                "FAULT engine: computing on cpu ended the process with exit code 134, as natives do that don't fit each other or the"
                        + " machine; take natives of the versions that are told above; last it said: one / java: symbol lookup error: x"),
                all(new EngineFindings(died)));
        assertEquals(
                List.of("FAULT engine: starting Java ended the process with exit code 1, as natives do that don't fit each other or the"
                        + " machine; take natives of the versions that are told above"),
                wrong(new EngineFindings(new EngineTrial.Outcome(true, 1, List.of(), List.of()))));
        assertEquals(List.of("FAULT engine: loading PyTorch did not end in time; is the disk, or the GPU, in use by others?"),
                wrong(new EngineFindings(new EngineTrial.Outcome(false, 137, List.of("step loading PyTorch"), List.of()))));
        assertEquals(List.of("FAULT engine: loading PyTorch failed: no such thing"), wrong(new EngineFindings(
                new EngineTrial.Outcome(true, 1, List.of("step loading PyTorch", "failure no such thing"), List.of()))));
    }

    @Test
    void whatIsLoggedOfGpusIsTold() {
        assertEquals("driver is insufficient (35)", new EngineTrial.Outcome(true, 0, List.of("step looking for GPUs"),
                List.of("other", "[main] WARN x.CudaUtils - Failed to detect GPU count: driver is insufficient (35)")).complaint());
        assertEquals("", new EngineTrial.Outcome(true, 0, List.of(), List.of("other")).complaint());
    }

    private static List<Finding> findings(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        Map<String, String> properties = new HashMap<>(Settings.current().properties());
        properties.put("ai.djl.offline", "true");
        properties.put("OPT_OUT_TRACKING", "true");
        List<Finding> findings = new ArrayList<>();
        Installation.examine(new Settings(environment, properties), findings::add);
        return findings;
    }

    private static List<String> faults(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.weight() == Finding.Weight.FAULT).map(Finding::text).toList();
    }
}
