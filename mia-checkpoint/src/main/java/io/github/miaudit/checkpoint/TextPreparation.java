package io.github.miaudit.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** What may become of a text before it is taken apart, in the place of what a tokenizer's own normalizer makes of it. */
public enum TextPreparation {

    AS_TYPED("text as typed instead of normalised") {
        @Override
        JsonElement normalizer() {
            return JsonNull.INSTANCE;
        }
    },

    LOWER_CASE("text in lower case instead of as typed") {
        @Override
        JsonElement normalizer() {
            JsonObject lowercase = new JsonObject();
            lowercase.addProperty("type", "Lowercase");
            return lowercase;
        }
    };

    private final String words;

    TextPreparation(String words) {
        this.words = words;
    }

    /** What is otherwise then. */
    public String words() {
        return words;
    }

    abstract JsonElement normalizer();
}
