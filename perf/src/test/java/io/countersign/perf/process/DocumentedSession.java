package io.countersign.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a section of the documentation tells people to type, and what it shows then.
 */
final class DocumentedSession
{
    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";
    private static final String MORE = "> ";

    private DocumentedSession()
    {
    }

    /**
     * A command and the lines below it.
     *
     * @param command as typed, of one line or several.
     * @param shown   lines.
     */
    record Step(String command, List<String> shown)
    {
        /** A command that fails ends with the one line that says why. */
        boolean isFailing()
        {
            return !shown.isEmpty() && shown.getLast().startsWith("countersign: ");
        }

        /** What is different each time is not compared. */
        List<String> masked()
        {
            return shown.stream().map(DocumentedSession::masked).toList();
        }
    }

    static String masked(final String line)
    {
        return line
            .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME")
            .replaceAll("[A-Za-z0-9+/]{40,}=*", "KEY")
            .replaceAll("\\b[0-9a-f]{8,64}\\b", "HEX")
            .replaceAll("record [0-9]+", "record N")
            .replaceAll("[0-9]+ signatures", "N signatures")
            .replaceAll("signatures [0-9]+(, last-signed TIME)?", "signatures N");
    }

    /** The steps of the section below a heading. */
    static List<Step> read(final Path page, final String heading)
    {
        final List<Step> steps = new ArrayList<>();
        for (final String line : fenced(page, heading))
        {
            if (line.startsWith(PROMPT))
            {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            }
            else if (line.startsWith(MORE))
            {
                final Step step = steps.removeLast();
                steps.add(new Step(step.command() + "\n" + line.substring(MORE.length()), step.shown()));
            }
            else
            {
                steps.getLast().shown().add(line);
            }
        }
        assertTrue(!steps.isEmpty(), () -> page + " has no session below '" + heading + "'");
        return steps;
    }

    private static List<String> fenced(final Path page, final String heading)
    {
        final List<String> lines = new ArrayList<>();
        boolean isSection = false;
        boolean isFenced = false;
        for (final String line : lines(page))
        {
            if (line.startsWith(FENCE))
            {
                isFenced = !isFenced;
            }
            else if (!isFenced && line.startsWith("## "))
            {
                isSection = line.equals("## " + heading);
            }
            else if (isSection && isFenced)
            {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<String> lines(final Path page)
    {
        try
        {
            return Files.readAllLines(page);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
