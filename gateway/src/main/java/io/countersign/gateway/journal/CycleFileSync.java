package io.countersign.gateway.journal;

import net.openhft.chronicle.queue.impl.StoreFileListener;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Brings the cycle files to the storage device with {@code fsync(2)} on a descriptor of its own, which covers pages
 * dirtied through a mapping and reports what went wrong. Chronicle's own {@code sync()} ignores a failing msync, covers
 * the current chunk only and never syncs the directory, without which a new file may be lost as a whole.
 */
final class CycleFileSync implements StoreFileListener, AutoCloseable
{
    private final Path directory;
    private final Set<File> acquired = new LinkedHashSet<>();
    private FileChannel channel;
    private boolean isClosed;

    CycleFileSync(final Path directory)
    {
        this.directory = directory;
    }

    Path directory()
    {
        return directory;
    }

    /** Before the first sync: what a killed process left in the page cache is to reach the device, too. */
    void begin() throws IOException
    {
        final Path newest = CycleFiles.in(directory).newest();
        if (null != newest)
        {
            onAcquired(0, newest.toFile());
        }
    }

    /**
     * On the appending thread, when it rolls to a file: once a day.
     */
    @Override
    public void onAcquired(final int cycle, final File file)
    {
        synchronized (acquired)
        {
            acquired.add(file);
        }
    }

    @Override
    public void onReleased(final int cycle, final File file)
    {
        // What is left of it to sync is synced with the rest.
    }

    /**
     * On any thread; one at a time has its turn.
     */
    synchronized void sync() throws IOException
    {
        if (isClosed)
        {
            return;
        }

        final File[] files;
        synchronized (acquired)
        {
            files = acquired.toArray(new File[0]);
            acquired.clear();
        }

        for (final File file : files)
        {
            if (null != channel)
            {
                channel.force(false);
                channel.close();
            }

            channel = FileChannel.open(file.toPath(), StandardOpenOption.WRITE);
        }

        if (null != channel)
        {
            channel.force(false);
        }

        if (files.length > 0)
        {
            try (FileChannel directoryChannel = FileChannel.open(directory, StandardOpenOption.READ))
            {
                directoryChannel.force(true);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException
    {
        isClosed = true;
        if (null != channel)
        {
            channel.close();
        }
    }
}
