package io.countersign.perf.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A text in lines of a width, broken between words.
 */
final class WrappedText
{
    private WrappedText()
    {
    }

    static List<String> lines(final String text, final int width)
    {
        final List<String> lines = new ArrayList<>();
        final StringBuilder line = new StringBuilder();
        for (final String word : text.split(" "))
        {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width)
            {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
