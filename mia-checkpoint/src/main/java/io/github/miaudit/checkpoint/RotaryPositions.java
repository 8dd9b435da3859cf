package io.github.miaudit.checkpoint;

import com.google.gson.JsonElement;
import io.github.miaudit.io.InvalidFileException;

/** The settings of rotary positions, in either way in which Hugging Face transformers have written them. */
final class RotaryPositions {

    private RotaryPositions() {
    }

    /**
     * The base of the angles: {@code rope_theta} in {@code rope_scaling} or, if that states nothing, in {@code rope_parameters} (version
     * 5); else beside them; else the family's default. Whatever else changes the angles is refused.
     */
    static double theta(Configuration c, double otherwise) {
        String key = c.object("rope_scaling").json().isEmpty() ? "rope_parameters" : "rope_scaling";
        Configuration rope = c.object(key);
        for (String type : new String[] {"rope_type", "type"}) {
            if (!rope.text(type, "default").equals("default")) {
                throw c.invalid(key, "supported is rope_type default");
            }
        }
        if (rope.json().asMap().values().stream().anyMatch(JsonElement::isJsonObject)) {
            throw c.invalid(key, "supported is one rope_type for all layers");
        }
        if (rope.number("partial_rotary_factor", c.number("partial_rotary_factor", 1)) != 1) {
            throw new InvalidFileException(c.file(), "partial_rotary_factor must be 1 or left out");
        }
        double theta = rope.number("rope_theta", c.number("rope_theta", otherwise));
        if (!(theta > 0 && theta < Double.POSITIVE_INFINITY)) {
            throw new InvalidFileException(c.file(), "rope_theta is " + theta + "; it must be positive");
        }
        return theta;
    }

    /** The width of a head, which must be even. */
    static int headWidth(Configuration c, int width, int heads) {
        c.requireHeads(width, heads, "hidden_size", "num_attention_heads");
        int headWidth = c.size("head_dim", width / heads);
        if (headWidth % 2 != 0) {
            throw new InvalidFileException(c.file(),
                    "has heads of width " + headWidth + "; rotary positions need an even width");
        }
        return headWidth;
    }
}
