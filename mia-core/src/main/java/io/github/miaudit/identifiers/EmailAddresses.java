package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;
import java.util.regex.Pattern;

/**
 * E-mail addresses. The domain stays, of what is before it vowels become vowels, consonants consonants and digits digits. That is
 * exact for random ones only: an address that is made of a name can be told from one that is made of none.
 */
final class EmailAddresses extends PatternFormat {

    private static final String ADDRESS = "[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}";
    private static final Pattern WHOLE = Pattern.compile(ADDRESS);

    EmailAddresses() {
        super("(?<![A-Za-z0-9._%+-])" + ADDRESS + "(?![A-Za-z0-9])");
    }

    @Override
    boolean isOne(String identifier) {
        return WHOLE.matcher(identifier).matches();
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        int at = identifier.indexOf('@');
        return Proposals.endless(() -> Proposals.withOtherDigits(Proposals.withOtherSounds(identifier.substring(0, at), random), 0, random)
                + identifier.substring(at));
    }
}
