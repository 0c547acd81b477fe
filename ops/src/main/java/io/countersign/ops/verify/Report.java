package io.countersign.ops.verify;

import io.countersign.ops.ExitCode;
import io.countersign.ops.audit.EscapedText;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * What a verification found, and the text that tells of it: the same text for the same journal, in whatever order and
 * on whatever thread it was found. Findings may come from several threads.
 */
final class Report
{
    private static final int MAX_FINDINGS = 100;

    private record Finding(Place place, String text, boolean isOfContainer)
    {
        String line(final long sealedSize)
        {
            return isOfContainer ?
                "  container damaged at " + place.file() + " offset " + place.offset() + " (no record is affected): " +
                    text :
                "  record " + place.sequence() + ", " + place.file() + " offset " + place.offset() + ": " + text +
                    (place.sequence() > sealedSize ? " (after the last seal)" : "");
        }
    }

    private final TreeSet<Finding> findings = new TreeSet<>(Comparator
        .<Finding>comparingLong((finding) -> finding.place.sequence())
        .thenComparing((finding) -> finding.place.file())
        .thenComparingLong((finding) -> finding.place.offset())
        .thenComparing(Finding::text));
    private final TreeSet<String> doubts = new TreeSet<>();
    private final List<String> facts = new ArrayList<>();
    private long findingCount;

    /** Something is not as the gateway wrote it. */
    void broken(final Place place, final String text)
    {
        add(new Finding(place, text, false));
    }

    /** Bytes that hold no record are not what Chronicle Queue writes; the place has the last record before them. */
    void damaged(final Place place, final String text)
    {
        add(new Finding(place, text, true));
    }

    private synchronized void add(final Finding finding)
    {
        if (findings.add(finding))
        {
            findingCount++;
            if (findings.size() > MAX_FINDINGS)
            {
                findings.pollLast();
            }
        }
    }

    /** Something could not be checked, and without that nobody can say that the journal is sound. */
    synchronized void doubt(final String text)
    {
        doubts.add(text);
    }

    /** A line of the report, in the order of the calls. */
    synchronized void fact(final String text)
    {
        facts.add(text);
    }

    synchronized boolean isBroken()
    {
        return findingCount > 0;
    }

    synchronized int exitCode()
    {
        return findingCount > 0 ? ExitCode.WRONG : doubts.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    /** The whole report; records behind the given one are said to be after the last seal. */
    synchronized String text(final long sealedSize, final boolean isQuiet)
    {
        final StringBuilder text = new StringBuilder();
        if (!isQuiet)
        {
            facts.forEach((fact) -> line(text, fact));
        }
        if (findingCount > 0)
        {
            line(text, "broken: " + findingCount + (1 == findingCount ? " finding" : " findings") +
                (findingCount > findings.size() ? ", of which the first " + findings.size() : ""));
            for (final Finding finding : findings)
            {
                line(text, finding.line(sealedSize));
            }
        }
        doubts.forEach((doubt) -> line(text, "cannot tell: " + doubt));
        line(text, "verdict: " + (findingCount > 0 ? "broken" : doubts.isEmpty() ? "sound" : "cannot tell"));
        line(text, "report sha256 " + sha256(text.toString()));
        return text.toString();
    }

    static String sha256(final String text)
    {
        try
        {
            return HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private static void line(final StringBuilder text, final String line)
    {
        text.append(EscapedText.of(line)).append('\n');
    }
}
