package io.countersign.gateway.journal;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cycle files of a journal in the order of their records: by the time in their names, and for one time the retired
 * ones ({@code 20261123F.cq4.retired-1}) before the one in use ({@code 20261123F.cq4}). Compressed ones
 * ({@code 20261123F.cq4.zst}) stand where they stood before, unless the uncompressed file is there, too.
 */
final class CycleFiles
{
    private static final Pattern NAME = Pattern.compile("(.+)\\.cq4(?:\\.retired-([0-9]{1,9}))?(\\.zst)?");

    /** Of a file with an end mark. */
    static final long ENDED = -1;

    private static final int END_SLACK = 64 << 10;

    private final List<Entry> entries = new ArrayList<>();

    private CycleFiles()
    {
    }

    static CycleFiles in(final Path directory) throws IOException
    {
        final CycleFiles files = new CycleFiles();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory))
        {
            for (final Path path : paths)
            {
                final Entry entry = entry(path);
                if (null != entry && Files.isRegularFile(path))
                {
                    files.entries.add(entry);
                }
            }
        }
        catch (final DirectoryIteratorException ex)
        {
            throw ex.getCause();
        }

        files.entries.sort(null);
        files.dropTwins();
        return files;
    }

    /** Opens a file, or the one that it was compressed to since it was listed. */
    static CycleFile open(final Path path) throws IOException
    {
        try
        {
            return new CycleFile(path);
        }
        catch (final NoSuchFileException ex)
        {
            final Path compressed = compressed(path);
            if (isCompressed(path) || !Files.exists(compressed))
            {
                throw ex;
            }

            return new CycleFile(compressed);
        }
    }

    static boolean isCompressed(final Path path)
    {
        return path.toString().endsWith(CompressedCycles.SUFFIX);
    }

    /** Name of a file when it is compressed. */
    static Path compressed(final Path path)
    {
        return path.resolveSibling(path.getFileName() + CompressedCycles.SUFFIX);
    }

    int size()
    {
        return entries.size();
    }

    Path path(final int index)
    {
        return entries.get(index).path;
    }

    /** What tells the cycles apart: a retired file has that of the file which took its place. */
    String cycle(final int index)
    {
        return entries.get(index).time;
    }

    /** The newest file, null when there is none. */
    Path newest()
    {
        return entries.isEmpty() ? null : entries.getLast().path;
    }

    /** The first file of so many newest days that hold requests, or of all days. Only when there is a file. */
    int firstOfNewestDays(final int count) throws IOException
    {
        int first = entries.size();
        int days = 0;
        String counted = "";
        while (first > 0)
        {
            final Entry entry = entries.get(first - 1);
            final boolean isAnotherDay = first == entries.size() || !entry.time.equals(entries.get(first).time);
            if (isAnotherDay && count == days)
            {
                break;
            }
            if (!entry.time.equals(counted) && holdsRequest(entry.path))
            {
                days++;
                counted = entry.time;
            }
            first--;
        }

        return first;
    }

    private static boolean holdsRequest(final Path path) throws IOException
    {
        try (CycleFile file = open(path))
        {
            CycleFile.Item item = file.next();
            while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
            {
                if (CycleFile.Item.RECORD == item)
                {
                    final int templateId = file.templateId();
                    if (IntentDecoder.TEMPLATE_ID == templateId || DenialDecoder.TEMPLATE_ID == templateId)
                    {
                        return true;
                    }
                }
                item = file.next();
            }
        }

        return false;
    }

    /** The first file after the given one, which need not be there any more; null when there is none. */
    Path after(final Path path)
    {
        final Entry reference = entry(path);
        for (final Entry entry : entries)
        {
            if (null == reference || entry.compareTo(reference) > 0)
            {
                return entry.path;
            }
        }

        return null;
    }

    private static Entry entry(final Path path)
    {
        final Matcher matcher = NAME.matcher(path.getFileName().toString());
        if (!matcher.matches())
        {
            return null;
        }

        final String retired = matcher.group(2);
        return new Entry(path, matcher.group(1), null == retired ? Integer.MAX_VALUE : Integer.parseInt(retired));
    }

    /** Of two files with the same records, the compressed one was not verified yet. */
    private void dropTwins()
    {
        for (int i = entries.size() - 1; i > 0; i--)
        {
            if (0 == entries.get(i).compareTo(entries.get(i - 1)))
            {
                entries.remove(isCompressed(entries.get(i).path) ? i : i - 1);
            }
        }
    }

    /** Whether the file that an appender would open has an end mark, so that nothing may follow in it. */
    boolean isNewestEnded() throws IOException
    {
        final Path newest = newest();
        if (null == newest || !newest.toString().endsWith(CycleFile.SUFFIX))
        {
            return false;
        }

        return ENDED == endOf(newest);
    }

    /** Where the records of a file end, or a little behind that; {@link #ENDED} when nothing may follow. */
    static long endOf(final Path path) throws IOException
    {
        try (CycleFile file = new CycleFile(path))
        {
            file.skipToMark();
            CycleFile.Item item = file.next();
            while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
            {
                item = file.next();
            }

            return CycleFile.Item.END_MARK == item ? ENDED : file.documentOffset() + END_SLACK;
        }
    }

    /** Takes the newest file out of use under a name that Chronicle does not look at, and that keeps its place. */
    void retireNewest() throws IOException
    {
        final Entry newest = entries.getLast();
        int number = 1;
        for (final Entry entry : entries)
        {
            if (entry.time.equals(newest.time) && entry.order != Integer.MAX_VALUE)
            {
                number = entry.order + 1;
            }
        }

        while (Files.exists(compressed(newest.path.resolveSibling(newest.path.getFileName() + ".retired-" + number))))
        {
            number++;
        }

        Files.move(newest.path, newest.path.resolveSibling(newest.path.getFileName() + ".retired-" + number));
    }

    private record Entry(Path path, String time, int order) implements Comparable<Entry>
    {
        @Override
        public int compareTo(final Entry other)
        {
            final int byTime = time.compareTo(other.time);
            return 0 != byTime ? byTime : Integer.compare(order, other.order);
        }
    }
}
