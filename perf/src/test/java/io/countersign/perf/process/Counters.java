package io.countersign.perf.process;

import io.aeron.CncFileDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reads the counters of a running gateway from its mapped file, as an operator's tools do.
 */
final class Counters implements AutoCloseable
{
    private final MappedByteBuffer mapped;
    private final CountersReader reader;

    Counters(final Path aeronDirectory)
    {
        mapped = IoUtil.mapExistingFile(aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile(), "counters");
        final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
        reader = new CountersReader(
            CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
            CncFileDescriptor.createCountersValuesBuffer(mapped, metaData));
    }

    long value(final int typeId)
    {
        final int[] found = { CountersReader.NULL_COUNTER_ID };
        reader.forEach((counterId, counterTypeId, keyBuffer, label) ->
        {
            if (typeId == counterTypeId)
            {
                found[0] = counterId;
            }
        });
        assertTrue(CountersReader.NULL_COUNTER_ID != found[0], () -> "no counter of type " + typeId);
        return reader.getCounterValue(found[0]);
    }

    @Override
    public void close()
    {
        IoUtil.unmap(mapped);
    }
}
