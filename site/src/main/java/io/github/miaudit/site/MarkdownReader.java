package io.github.miaudit.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/** Turns Markdown, as GitHub shows it, into pages whose links are those of the site. */
final class MarkdownReader {

    /** Where readers find the files that are no pages. */
    static final String REPOSITORY = "https://github.com/miaudit/miaudit";

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private final Path root;
    private final Set<String> sources;
    private final Set<String> images = new TreeSet<>();

    MarkdownReader(Path root, Set<String> sources) {
        this.root = root;
        this.sources = Set.copyOf(sources);
    }

    /** The files that the pages read so far show, from the root of the repository. */
    Set<String> images() {
        return Set.copyOf(images);
    }

    Page read(String source) throws IOException {
        Node document = Parser.builder().extensions(EXTENSIONS).build().parse(Files.readString(root.resolve(source)));
        Outline outline = new Outline(source);
        document.accept(outline);
        document.accept(new Arrangement());
        if (outline.title == null) {
            throw new IllegalArgumentException(source + " has no heading of the first level; begin it with '# ' and its title");
        }
        HtmlRenderer renderer = HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true)
                .nodeRendererFactory(ScrolledRenderer::new)
                .attributeProviderFactory(context -> outline.attributes()).build();
        return new Page(source, outline.title, List.copyOf(outline.chapters), renderer.render(document));
    }

    /** Gives headings the anchors that GitHub gives them, and links the addresses of the site. */
    private final class Outline extends AbstractVisitor {

        private final String source;
        private final IdGenerator anchors = IdGenerator.builder().build();
        private final Map<Heading, String> headings = new IdentityHashMap<>();
        private final List<Page.Chapter> chapters = new ArrayList<>();
        private String title;

        Outline(String source) {
            this.source = source;
        }

        AttributeProvider attributes() {
            return (node, tag, attributes) -> {
                if (node instanceof Heading heading) {
                    attributes.put("id", headings.get(heading));
                } else if (tag.equals("pre")) {
                    attributes.put("tabindex", "0"); // or the keyboard could not scroll it
                } else if (tag.equals("th")) {
                    attributes.put("scope", "col");
                }
            };
        }

        @Override
        public void visit(Heading heading) {
            String text = textOf(heading);
            String anchor = anchors.generateId(text);
            headings.put(heading, anchor);
            if (heading.getLevel() == 1 && title == null) {
                title = text;
            } else if (heading.getLevel() == 2) {
                chapters.add(new Page.Chapter(anchor, text));
            }
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            link.setDestination(address(link.getDestination()));
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            images.add(file(image.getDestination()));
            visitChildren(image);
        }

        private String address(String destination) {
            if (destination.matches("[a-z]+:.*|#.*")) {
                return destination;
            }
            int hash = destination.indexOf('#');
            String fragment = hash < 0 ? "" : destination.substring(hash);
            String file = file(hash < 0 ? destination : destination.substring(0, hash));
            if (sources.contains(file)) {
                return Page.link(Page.address(source), Page.address(file)) + fragment;
            }
            return REPOSITORY + (Files.isDirectory(root.resolve(file)) ? "/tree/main/" : "/blob/main/") + file + fragment;
        }

        private String file(String destination) {
            String file = Path.of("/", source).resolveSibling(destination).normalize().toString().substring(1).replace('\\', '/');
            if (!Files.exists(root.resolve(file))) {
                throw new IllegalArgumentException(source + " links to " + destination + ", and there is no " + file);
            }
            return file;
        }
    }

    private static String textOf(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text each) {
                text.append(each.getLiteral());
            }

            @Override
            public void visit(Code each) {
                text.append(each.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak each) {
                text.append(' ');
            }
        });
        return text.toString();
    }

    /** Puts each table into a box that scrolls. */
    private static final class Arrangement extends AbstractVisitor {

        private int tables;

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock) {
                Scrolled box = new Scrolled(++tables);
                block.insertBefore(box);
                box.appendChild(block);
            }
            visitChildren(block);
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableCell cell && cell.isHeader() && cell.getFirstChild() == null) {
                cell.setHeader(false); // an empty corner is the head of nothing
            }
            visitChildren(node);
        }
    }

    private static final class Scrolled extends CustomBlock {

        private final int number;

        Scrolled(int number) {
            this.number = number;
        }
    }

    private static final class ScrolledRenderer implements NodeRenderer {

        private final HtmlNodeRendererContext context;

        ScrolledRenderer(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Scrolled.class);
        }

        @Override
        public void render(Node node) {
            Map<String, String> attributes = new TreeMap<>(Map.of("class", "scroll", "role", "group", "tabindex", "0",
                    "aria-label", "Table " + ((Scrolled) node).number));
            context.getWriter().line();
            context.getWriter().tag("div", attributes);
            context.render(node.getFirstChild());
            context.getWriter().tag("/div");
            context.getWriter().line();
        }
    }
}
