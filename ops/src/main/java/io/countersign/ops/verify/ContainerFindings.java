package io.countersign.ops.verify;

import io.countersign.gateway.journal.ContainerListener;
import io.countersign.gateway.journal.JournalReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns bytes of the container that are wrong into findings. In the last file, a gateway that is writing looks like
 * damage, so what was heard of that file counts only when no record came meanwhile.
 */
final class ContainerFindings implements ContainerListener
{
    private static final int MAX_ROUNDS = 5;

    /** Reads what there is. */
    @FunctionalInterface
    interface Drain
    {
        /** True when there was a record. */
        boolean hasRead() throws IOException;
    }

    private record Damage(Place place, String what)
    {
    }

    private final Report report;
    private Path file;
    private int files;
    private final List<Damage> heard = new ArrayList<>();
    private JournalReader reader;
    private boolean isLast;

    ContainerFindings(final Report report)
    {
        this.report = report;
    }

    void follow(final JournalReader journalReader)
    {
        reader = journalReader;
    }

    @Override
    public void onDamage(final Path path, final long offset, final String what)
    {
        final Place place = new Place(reader.lastSequence(), path.getFileName().toString(), offset);
        if (isLast)
        {
            heard.add(new Damage(place, what));
        }
        else
        {
            report.damaged(place, what);
        }
    }

    /** After everything was read. */
    void checkLast(final JournalReader journalReader, final Drain drain) throws IOException
    {
        isLast = true;
        int rounds = 0;
        boolean isEnded;
        do
        {
            heard.clear();
            isEnded = journalReader.checkContainerOfLast();
        }
        while (!heard.isEmpty() && drain.hasRead() && ++rounds < MAX_ROUNDS);

        if (MAX_ROUNDS == rounds)
        {
            report.fact("container: the last file is being written; what in it is no record was not looked at");
        }
        else
        {
            heard.forEach((damage) -> report.damaged(damage.place, damage.what));
        }
        if (isEnded)
        {
            report.doubt("the last file has its end mark and no file follows: either the gateway ended just when it " +
                "began a new one, or newer files were removed; give what was kept elsewhere by --checkpoints");
        }
    }

    /** Number of cycle files with a record. */
    int files()
    {
        return files;
    }

    /** A record was read from a file. */
    void noteFile(final Path path)
    {
        if (path != file)
        {
            file = path;
            files++;
        }
    }
}
