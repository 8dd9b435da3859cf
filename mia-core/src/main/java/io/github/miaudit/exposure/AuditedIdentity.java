package io.github.miaudit.exposure;

/**
 * An identifier with all mentions that are audited together, and get the same surrogates.
 *
 * @param number      its own, among those that are shared and among those that are not
 * @param type        what it is, such as {@code surname}
 * @param unit        whose it is: what was drawn without regard to other units. Of an identifier that stands in the sentences of one
 *                    patient it is that patient; one that stands in those of several is a unit of its own
 * @param shared      whether it stands in the sentences of several patients
 * @param audited     how many of its mentions are audited
 * @param occurrences how many mentions there are
 */
record AuditedIdentity(int number, String type, Object unit, boolean shared, int audited, int occurrences) {
}
