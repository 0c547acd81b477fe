package io.countersign.gateway.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room in one cycle file. The appending thread says how far it is written, another thread how far its blocks are
 * reserved.
 */
final class CycleRoom
{
    /** What Chronicle looks for before it makes a file: it takes that under the file's own name. */
    static final String SPARE_SUFFIX = ".precreated";

    private final int cycle;
    private final Path file;
    private final AtomicLong position;
    private final AtomicLong reservedEnd;

    CycleRoom(final int cycle, final Path file, final long position, final long reservedEnd)
    {
        this.cycle = cycle;
        this.file = file;
        this.position = new AtomicLong(position);
        this.reservedEnd = new AtomicLong(reservedEnd);
    }

    /** The number of the cycle in Chronicle's count. */
    int cycle()
    {
        return cycle;
    }

    /** Where the file is now: before its first record it has another name. */
    Path path()
    {
        return Files.exists(file) ? file : spareOf(file);
    }

    static Path spareOf(final Path file)
    {
        final String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - CycleFile.SUFFIX.length()) + SPARE_SUFFIX);
    }

    /** Bytes from the beginning that are written, or that may be. */
    long position()
    {
        return position.getAcquire();
    }

    void position(final long end)
    {
        position.setRelease(end);
    }

    /** Bytes from the beginning that have blocks on the disk. */
    long reservedEnd()
    {
        return reservedEnd.getAcquire();
    }

    void reservedEnd(final long end)
    {
        reservedEnd.setRelease(end);
    }

    long remaining()
    {
        return reservedEnd() - position();
    }
}
