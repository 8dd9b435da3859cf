package io.github.miaudit.site;

import java.util.Map;

/**
 * What a page can link to.
 *
 * @param pages by their sources
 * @param hasApi whether Javadoc lies in the folder {@code apidocs} beside the pages
 */
record Site(Contents contents, Map<String, Page> pages, boolean hasApi) {
}
