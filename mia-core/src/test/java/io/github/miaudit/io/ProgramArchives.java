package io.github.miaudit.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** TorchScript archives of one small module, or of what a test puts in its place. */
public final class ProgramArchives {

    /** A module with a method to fill, after which its object has one attribute. */
    public static final String SOURCE = """
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Net,
                x: Tensor,
                mask: Tensor) -> Tensor:
            %s    return x
            """;
    /** The object. */
    public static final String OBJECT = "\u0080\u0002c__torch__\nNet\n)\u0081}(X\u0008\0\0\0training\u0089ub.";
    public static final String NO_CONSTANTS = "\u0080\u0002).";

    private ProgramArchives() {
    }

    /** The members of an archive whose method does something before it returns. */
    public static Map<String, String> members(String statements) {
        StringBuilder indented = new StringBuilder();
        statements.lines().forEach(line -> indented.append("    ").append(line).append('\n'));
        Map<String, String> members = new LinkedHashMap<>();
        members.put("net/data.pkl", OBJECT);
        members.put("net/code/__torch__.py", SOURCE.formatted(indented));
        members.put("net/constants.pkl", NO_CONSTANTS);
        members.put("net/version", "10\n");
        return members;
    }

    /** An archive of members whose characters are bytes, not packed. */
    public static byte[] zip(Map<String, String> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                byte[] content = member.getValue().getBytes(StandardCharsets.ISO_8859_1);
                CRC32 checksum = new CRC32();
                checksum.update(content);
                ZipEntry entry = new ZipEntry(member.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(checksum.getValue());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
