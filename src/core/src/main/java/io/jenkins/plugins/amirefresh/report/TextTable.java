package io.jenkins.plugins.amirefresh.report;

import java.util.ArrayList;
import java.util.List;

/** Cells in columns, for a console. */
public final class TextTable {

    private TextTable() {}

    /** A line a row; all rows have as many cells. */
    public static List<String> of(List<List<String>> rows) {
        int[] widths = rows.isEmpty() ? new int[0] : new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        return List.copyOf(lines);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
