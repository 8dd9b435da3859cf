/** The project's Markdown as a site of plain HTML. */
package io.github.miaudit.site;
