/** What an audit found: figures by comparison and attack, and what they were computed from. */
package io.github.miaudit.report;
