package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeidentificationMarkTest extends IdentifierFinderContract {

    @Override
    protected IdentifierFinder finder() {
        return DeidentificationMark.all();
    }

    @Override
    protected List<String> pieces() {
        return List.of("[**Hospital 12**]", "[**2131-5-3**]", "[**", "**]", "___", "<PATIENT>", "</PATIENT>", "[DATE]", "Ann",
                "TYPE=\"A\"");
    }

    /** Marks are written as MIMIC-III's are; the names in them are invented. */
    @Test
    void bracketsAreTold() {
        assertEquals(List.of("(surname:[**Last Name (STitle) 4321**])", "(first-name:[**First Name8 (NamePattern2) **])",
                "(hospital:[**Hospital1 18**])", "date:2131-5-3", "(date:[**5-3**])", "(age:[** Age over 90 **])",
                "(phone:[**Telephone/Fax (1) 77**])",

                "(other:[****])", "(location:[**State 108**])", "(name:[**Name (NI) **])", "(record-number:[**Medical Record Number 5**])"),
                typed("Dr [**Last Name (STitle) 4321**] [**First Name8 (NamePattern2) **] at [**Hospital1 18**] on [**2131-5-3**]"
                        + " and [**5-3**], [** Age over 90 **], [**Telephone/Fax (1) 77**], [****] [**State 108**] [**Name (NI) **]"
                        + " [**Medical Record Number 5**]"));
        assertEquals(List.of(), typed("[*Hospital*] [**Hospital [1]**] ** "));
    }

    @Test
    void exactlyThreeUnderscoresAreAMark() {
        assertEquals(List.of("(removed:___)", "(removed:___)"), typed("Mr. ___ was seen by ___. Sign here: ________ __ ____"));
    }

    @Test
    void tagsStandForWhatWasThereOrAroundIt() {
        assertEquals(List.of("(patient:<PATIENT>)", "(date:[DATE_2])", "(name:<NAME1>)"),
                typed("<PATIENT> came on [DATE_2] <BR> <P> [X] <NAME1>"));
        assertEquals(List.of("patient:Ann Li", "doctor:Grant", "(date:<DATE>)"),
                typed("<PATIENT>Ann Li</PATIENT> by <PHI TYPE=\"DOCTOR\">Grant</PHI> on <DATE></DATE>"));
        assertEquals(List.of("(patient:<PATIENT>)"), typed("<PATIENT>Ann Li</DOCTOR>"));
    }

    private static List<String> typed(String text) {
        return Found.typed(text, DeidentificationMark.all());
    }
}
