package io.github.miaudit.text;

/**
 * Texts of about the same number of shingles.
 *
 * @param number     among the groups
 * @param first      of the texts
 * @param end        after the last of them
 * @param smallest   number of shingles of one of them
 * @param largest    likewise
 * @param parts      into which their shingles are dealt out; 0 if that is of no use
 * @param spareParts how many of them need not be looked at
 */
record SizeGroup(int number, int first, int end, int smallest, int largest, int parts, int spareParts) {

    int texts() {
        return end - first;
    }
}
