package io.countersign.ops.status;

import io.aeron.CncFileDescriptor;
import io.aeron.exceptions.AeronException;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.ops.CommandException;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.status.CountersReader;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The counters in a media driver's CnC file at one moment.
 *
 * @param processId      of the driver.
 * @param heartbeatAgeMs since the driver last said that it lives, in milliseconds.
 * @param isClosed       whether the driver said that it closed.
 * @param counters       by type and id.
 */
record DriverCounters(long processId, long heartbeatAgeMs, boolean isClosed, List<Counter> counters)
{
    /** The driver says that it lives once a second. */
    private static final long MAX_HEARTBEAT_AGE_MS = 5_000;

    /**
     * One counter.
     *
     * @param id     in the file.
     * @param typeId says what it counts.
     * @param label  for people, without control characters.
     * @param value  at that moment.
     */
    record Counter(int id, int typeId, String label, long value)
    {
    }

    boolean isAlive()
    {
        return !isClosed && heartbeatAgeMs <= MAX_HEARTBEAT_AGE_MS;
    }

    String heartbeat()
    {
        return isClosed ? "closed" : "last heartbeat %,d ms ago".formatted(heartbeatAgeMs);
    }

    /** Whether there is certainly no driver, as before a gateway's start and after it stopped in good order. */
    static boolean isAbsent(final Path directory)
    {
        return Files.notExists(directory.resolve(CncFileDescriptor.CNC_FILE));
    }

    static DriverCounters read(final Path directory, final boolean withDriver)
    {
        final File file = directory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (!Files.isReadable(file.toPath()))
        {
            throw new CommandException(file + " may not be read by this user: run the command as one who may");
        }

        if (file.length() < CncFileDescriptor.META_DATA_LENGTH)
        {
            throw notReady(file);
        }

        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, FileChannel.MapMode.READ_ONLY, "CnC file");
        try
        {
            return read(file, mapped, withDriver);
        }
        finally
        {
            IoUtil.unmap(mapped);
        }
    }

    private static DriverCounters read(final File file, final MappedByteBuffer mapped, final boolean withDriver)
    {
        final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
        final int version = metaData.getInt(CncFileDescriptor.cncVersionOffset(0));
        if (0 == version || !CncFileDescriptor.isCncFileLengthSufficient(metaData, mapped.capacity()))
        {
            throw notReady(file);
        }

        try
        {
            CncFileDescriptor.checkVersion(version);
        }
        catch (final AeronException ex)
        {
            throw new CommandException(file + " was made by another version of Aeron: " + ex.getMessage());
        }

        final long heartbeatMs = new ManyToOneRingBuffer(
            CncFileDescriptor.createToDriverBuffer(mapped, metaData)).consumerHeartbeatTime();
        final CountersReader reader = new CountersReader(
            CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
            CncFileDescriptor.createCountersValuesBuffer(mapped, metaData),
            StandardCharsets.US_ASCII);
        final List<Counter> counters = new ArrayList<>();
        reader.forEach((id, typeId, keyBuffer, label) ->
        {
            if (withDriver || GatewayCounters.FIRST_TYPE_ID <= typeId && typeId <= GatewayCounters.LAST_TYPE_ID)
            {
                counters.add(new Counter(id, typeId, label.replaceAll("\\p{Cntrl}", "?"), reader.getCounterValue(id)));
            }
        });
        counters.sort(Comparator.comparingInt(Counter::typeId).thenComparingInt(Counter::id));

        return new DriverCounters(
            CncFileDescriptor.pid(metaData),
            Math.max(0, System.currentTimeMillis() - heartbeatMs),
            heartbeatMs <= 0,
            counters);
    }

    private static CommandException notReady(final File file)
    {
        return new CommandException(file + " is not finished: the gateway is starting; try again");
    }
}
