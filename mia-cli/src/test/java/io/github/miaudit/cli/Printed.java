package io.github.miaudit.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * A printed page, sheet by sheet, as PDFBox reads it.
 *
 * @param sheets the text of each without white space, in the order in which it is drawn
 * @param sizes  of each in millimetres, such as "210 x 297"
 */
record Printed(List<String> sheets, List<String> sizes) {

    static final String A4 = "210 x 297";
    private static final double POINTS_PER_MILLIMETRE = 72 / 25.4;

    static Printed of(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            List<String> sheets = new ArrayList<>();
            List<String> sizes = new ArrayList<>();
            for (int sheet = 1; sheet <= document.getNumberOfPages(); sheet++) {
                stripper.setStartPage(sheet);
                stripper.setEndPage(sheet);
                sheets.add(squeezed(stripper.getText(document)));
                PDRectangle size = document.getPage(sheet - 1).getMediaBox();
                sizes.add(Math.round(size.getWidth() / POINTS_PER_MILLIMETRE) + " x "
                        + Math.round(size.getHeight() / POINTS_PER_MILLIMETRE));
            }
            return new Printed(sheets, sizes);
        }
    }

    /** Whether some sheet has the texts one after the other. */
    boolean isTogether(List<String> texts) {
        String wanted = squeezed(String.join("", texts));
        return sheets.stream().anyMatch(sheet -> sheet.contains(wanted));
    }

    /** Whether nothing follows a heading on some sheet. */
    boolean endsASheet(String heading) {
        return sheets.stream().anyMatch(sheet -> sheet.endsWith(squeezed(heading)));
    }

    static String squeezed(String text) {
        return text.replaceAll("[\\s\\p{Z}]+", "");
    }
}
