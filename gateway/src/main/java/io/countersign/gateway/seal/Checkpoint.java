package io.countersign.gateway.seal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tree's root as text (C2SP tlog-checkpoint): what an audit key signs.
 * <pre>
 *  example.com/gateway-1                          origin
 *  20852163                                       tree size
 *  CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=   root
 *  time 2026-11-30T22:10:00.123456Z               UTC
 *  clock-error 12000 ns kernel                    greatest error of that time and who says so, or: clock-error unknown
 * </pre>
 *
 * @param origin       name of the journal.
 * @param treeSize     number of records, 0 or more.
 * @param root         32 bytes.
 * @param utcNs        when it was signed, in nanoseconds since 1970; the text has microseconds.
 * @param clockErrorNs 0 or more, or {@link #UNKNOWN_ERROR}.
 * @param clockSource  one word; empty when the error is unknown.
 */
public record Checkpoint(
    String origin, long treeSize, byte[] root, long utcNs, long clockErrorNs, String clockSource)
{
    /** In place of a clock error that nobody knows. */
    public static final long UNKNOWN_ERROR = -1;

    private static final int LINES = 5;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final DateTimeFormatter MICROS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final Pattern TIME = Pattern.compile("time ([0-9-]{10}T[0-9:]{8}\\.[0-9]{6}Z)");
    private static final Pattern ERROR = Pattern.compile("clock-error (?:unknown|([0-9]{1,18}) ns ([a-z0-9-]{1,32}))");

    /**
     * What is to be signed.
     *
     * @return text that ends with a line feed.
     */
    public String text()
    {
        return origin + '\n' +
            treeSize + '\n' +
            Base64.getEncoder().encodeToString(root) + '\n' +
            "time " + MICROS.format(Instant.ofEpochSecond(
                Math.floorDiv(utcNs, NS_PER_S), Math.floorMod(utcNs, NS_PER_S))) + '\n' +
            (UNKNOWN_ERROR == clockErrorNs ?
                "clock-error unknown\n" : "clock-error " + clockErrorNs + " ns " + clockSource + '\n');
    }

    /**
     * Read what a note says. Lines after the third that this project does not write are passed over, so that
     * checkpoints of others can be read.
     *
     * @param text of a note, {@link SignedNote#text()}.
     * @return the checkpoint; without a time line its time is 0, without an error line its error unknown.
     * @throws NoteException when it is none.
     */
    public static Checkpoint parse(final String text) throws NoteException
    {
        final List<String> lines = text.lines().toList();
        if (lines.size() < 3 || lines.contains("") || !text.endsWith("\n"))
        {
            throw new NoteException("a checkpoint is an origin, a tree size and a root, and this is not");
        }
        if (!SIZE.matcher(lines.get(1)).matches())
        {
            throw new NoteException("'" + lines.get(1) + "' is no tree size");
        }
        final byte[] root = SignedNote.base64(lines.get(2));
        if (TreeHasher.HASH_LENGTH != root.length)
        {
            throw new NoteException("a root has 32 bytes, not " + root.length);
        }
        long utcNs = 0;
        long errorNs = UNKNOWN_ERROR;
        String source = "";
        for (final String line : lines.subList(3, lines.size()))
        {
            final Matcher time = TIME.matcher(line);
            utcNs = time.matches() ? nanos(time.group(1)) : utcNs;
            final Matcher error = ERROR.matcher(line);
            if (error.matches() && null != error.group(1))
            {
                errorNs = Long.parseLong(error.group(1));
                source = error.group(2);
            }
        }
        return new Checkpoint(lines.get(0), parseSize(lines.get(1)), root, utcNs, errorNs, source);
    }

    /**
     * Whether a text is, byte for byte, one that {@link #text()} writes.
     *
     * @param text of a note.
     * @return false when it has other lines, or states something in another way.
     */
    public static boolean isExact(final String text)
    {
        try
        {
            return LINES == text.lines().count() && parse(text).text().equals(text);
        }
        catch (final NoteException ex)
        {
            return false;
        }
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof final Checkpoint that && text().equals(that.text());
    }

    @Override
    public int hashCode()
    {
        return Arrays.hashCode(root);
    }

    @Override
    public String toString()
    {
        return text();
    }

    private static long parseSize(final String digits) throws NoteException
    {
        try
        {
            return Long.parseLong(digits);
        }
        catch (final NumberFormatException ex)
        {
            throw new NoteException("'" + digits + "' is no tree size");
        }
    }

    private static long nanos(final String time) throws NoteException
    {
        try
        {
            final Instant instant = Instant.parse(time);
            return instant.getEpochSecond() * NS_PER_S + instant.getNano();
        }
        catch (final DateTimeException ex)
        {
            throw new NoteException("'" + time + "' is no time");
        }
    }
}
