package io.countersign.gateway.journal;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Keeps room for the journal on its disk, on a thread of its own: blocks are reserved ahead of what is written, in the
 * current cycle file and in a spare one that becomes the next, so that no store into the mapping of a file meets a full
 * disk. What the appending thread asks is answered from memory.
 * <pre>
 *   current file   |####### written #######|- - - - reserved: at least this far ahead - - - -|
 *                                          ^ position          mark: requests are refused     ^ reservedEnd
 *                                                              when less than this is left
 *   spare file     |- - - half as much - - -|    Chronicle takes it under its own name when the cycle ends;
 *                                                without it, records go on into the current file
 * </pre>
 * Where the file system cannot reserve (no fallocate(2)), free space with a wide margin has to do: that is no promise.
 */
public final class JournalSpace implements Agent
{
    private static final long BLOCK = 4096;
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PROBE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNRESERVED_MARGIN = 256L << 20;
    private static final long MIB = 1 << 20;

    private final Path directory;
    private final Blocks blocks;
    private final NanoClock clock;
    private final Cycles cycles;
    private final Consumer<String> notices;
    private final long reserve;
    private final AtomicReference<CycleRoom> open = new AtomicReference<>();
    private final AtomicReference<CycleRoom> spare = new AtomicReference<>();
    private AtomicCounter roomCounter;
    private CycleRoom kept;
    private Room told = Room.ENOUGH;
    private boolean isUnsupported;
    private int reserveError;
    private int probeError;
    private long nextTryNs;
    private long nextProbeNs;
    private volatile boolean isFaulty;

    /** Which cycle it is, and what its file is called. */
    interface Cycles
    {
        int now();

        Path file(int cycle);
    }

    JournalSpace(
        final Path directory,
        final Blocks blocks,
        final NanoClock clock,
        final Cycles cycles,
        final long reserve,
        final Consumer<String> notices)
    {
        this.directory = directory;
        this.blocks = blocks;
        this.clock = clock;
        this.cycles = cycles;
        this.reserve = reserve;
        this.notices = notices;
        nextTryNs = clock.nanoTime();
        nextProbeNs = nextTryNs;
    }

    /**
     * Have a counter show how much can still be written.
     *
     * @param counter in bytes.
     */
    public void counter(final AtomicCounter counter)
    {
        roomCounter = counter;
    }

    /** Before anything is written. The file's records end at the position or before it; 0 where there is none yet. */
    void begin(final int cycle, final long position)
    {
        deleteSpares();
        final CycleRoom room = new CycleRoom(cycle, cycles.file(cycle), position, 0);
        final long end = (position + BLOCK - 1) / BLOCK * BLOCK + reserve;
        onReserved(room, Files.exists(cycles.file(cycle)) ?
            blocks.reserve(room.path(), 0, end) : blocks.make(room.path(), end), end);
        kept = room;
        open.set(room);
        keepSpare(room);
        if (0 != reserveError || null == spare.get() || room.remaining() < reserve)
        {
            throw refusal(0 == reserveError ? Errno.ENOSPC : reserveError);
        }
    }

    /** Whether one more request may begin. For the appending thread. */
    Room room()
    {
        if (isFaulty)
        {
            return Room.NOT_WRITABLE;
        }
        return open.get().remaining() > mark() ? Room.ENOUGH : Room.TOO_LITTLE;
    }

    /** The file that records go to. For the appending thread. */
    CycleRoom open()
    {
        return open.getPlain();
    }

    /** A cycle has begun; false when its file has no room yet. For the appending thread. */
    boolean roll(final int cycle)
    {
        final CycleRoom next = spare.get();
        final boolean isRolled = null != next && cycle == next.cycle() && spare.compareAndSet(next, null);
        if (isRolled)
        {
            open.set(next);
        }
        return isRolled;
    }

    @Override
    public int doWork()
    {
        final long nowNs = clock.nanoTime();
        final CycleRoom room = open.get();
        int workCount = 0;
        if (kept != room)
        {
            // The end mark is written behind the last record with the first of the next file.
            blocks.release(kept.path(), (kept.position() + 2 * BLOCK) / BLOCK * BLOCK);
            kept = room;
            workCount++;
        }
        if (nowNs - nextTryNs >= 0)
        {
            reserveError = 0;
            extend(room);
            keepSpare(room);
            nextTryNs = 0 == reserveError && !isUnsupported ? nowNs : nowNs + RETRY_NS;
        }
        if (nowNs - nextProbeNs >= 0)
        {
            probeError = blocks.probe();
            nextProbeNs = nowNs + PROBE_NS;
        }
        isFaulty = isFault(reserveError) || isFault(probeError);
        tell(room);
        return workCount;
    }

    @Override
    public void onClose()
    {
        deleteSpares();
    }

    @Override
    public String roleName()
    {
        return "countersign-journal-space";
    }

    /** What Chronicle writes to beside the cycle files, of which no page may be missing either. */
    void keepMetadata(final Path file)
    {
        final int error = blocks.reserve(file, 0, file.toFile().length());
        if (isFault(error) && Errno.EOPNOTSUPP != error && Errno.ENOSYS != error || isFull(error))
        {
            throw refusal(error);
        }
    }

    /** Before Chronicle makes its first file. */
    void requireSome()
    {
        if (blocks.usableBytes() < MIB)
        {
            throw refusal(Errno.ENOSPC);
        }
    }

    private JournalException refusal(final int error)
    {
        return new JournalException("journal " + directory + reason(error) +
            (isFull(error) ? "; make room, or set a smaller reserve-mib of the journal" : "; see to the disk"));
    }

    private long mark()
    {
        return reserve / 8;
    }

    private void extend(final CycleRoom room)
    {
        if (isUnsupported)
        {
            room.reservedEnd(room.position() + unreserved());
            return;
        }
        int error = 0;
        while (0 == error && room.remaining() < reserve)
        {
            final long end = room.reservedEnd() + reserve / 4;
            error = blocks.reserve(room.path(), room.reservedEnd(), reserve / 4);
            onReserved(room, error, end);
        }
    }

    /** The next file: that of now when none was begun since, so that it is there whenever the next record comes. */
    private void keepSpare(final CycleRoom room)
    {
        final int wanted = Math.max(cycles.now(), room.cycle() + 1);
        final CycleRoom ready = spare.get();
        if (0 != reserveError || null != ready && wanted == ready.cycle() ||
            null != ready && !spare.compareAndSet(ready, null))
        {
            return;
        }
        if (null != ready)
        {
            delete(CycleRoom.spareOf(cycles.file(ready.cycle())));
        }
        final CycleRoom next = new CycleRoom(wanted, cycles.file(wanted), 0, 0);
        if (isUnsupported)
        {
            next.reservedEnd(unreserved() / 2);
        }
        else
        {
            onReserved(next, blocks.make(CycleRoom.spareOf(cycles.file(wanted)), reserve / 2), reserve / 2);
        }
        if (next.remaining() > 2 * mark())
        {
            spare.set(next);
        }
    }

    private void onReserved(final CycleRoom room, final int error, final long end)
    {
        if (Errno.EOPNOTSUPP == error || Errno.ENOSYS == error)
        {
            isUnsupported = true;
            notices.accept("journal " + directory + ": its file system cannot reserve space (no fallocate); the " +
                "gateway stops signing at less than " + (UNRESERVED_MARGIN + mark()) / MIB +
                " MiB free, which does not help against a disk that fills up faster");
            room.reservedEnd(room.position() + unreserved());
        }
        else if (0 == error)
        {
            room.reservedEnd(end);
        }
        else if (Errno.ENOENT != error) // The file has got its own name between two looks: the next look finds it.
        {
            reserveError = error;
        }
    }

    private long unreserved()
    {
        return Math.max(0, Math.min(reserve, blocks.usableBytes() - UNRESERVED_MARGIN));
    }

    private static boolean isFault(final int error)
    {
        return 0 != error && !isFull(error);
    }

    private static boolean isFull(final int error)
    {
        return Errno.ENOSPC == error || Errno.EDQUOT == error;
    }

    private void tell(final CycleRoom room)
    {
        if (null != roomCounter)
        {
            roomCounter.setRelease(room.remaining());
        }
        final Room now = room();
        if (told != now)
        {
            told = now;
            notices.accept("journal " + directory + switch (now)
            {
                case ENOUGH -> ": there is room again; requests are signed again";
                case TOO_LITTLE -> reason(Errno.ENOSPC) + ": nothing is signed until it has; make room";
                case NOT_WRITABLE -> reason(isFault(reserveError) ? reserveError : probeError) +
                    ": nothing is signed until it can; see to the disk";
            });
        }
    }

    private String reason(final int error)
    {
        if (isFull(error))
        {
            return ": its disk has too little room (" + blocks.usableBytes() / MIB + " MiB free; " + reserve / MIB +
                " MiB are to be reserved ahead, and half of that for the next day)";
        }
        return ": its file system cannot be written (" + (Errno.EROFS == error ? "it is read-only" :
            Errno.EIO == error ? "input/output error" : "errno " + error) + ")";
    }

    private void deleteSpares()
    {
        try (DirectoryStream<Path> spares = Files.newDirectoryStream(directory, "*" + CycleRoom.SPARE_SUFFIX))
        {
            spares.forEach(JournalSpace::delete);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        delete(directory.resolve(NativeBlocks.PROBE));
    }

    private static void delete(final Path file)
    {
        try
        {
            Files.deleteIfExists(file);
        }
        catch (final IOException ex)
        {
            // It is made anew where it is needed; a read-only file system is told of by the probe.
        }
    }
}
