package io.countersign.gateway;

import io.aeron.CncFileDescriptor;
import io.aeron.status.HeartbeatTimestamp;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.gateway.journal.JournalReader;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * The driver gives up a client whose process stood still too long; the client then closes itself and unmaps its files.
 */
@Timeout(60)
class DriverLossTest
{
    @Test
    void shouldSayThatItCannotGoOnAndStopInGoodOrder() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture().launch())
        {
            giveUpEveryClient(fixture.aeron());
            RawBot.await(fixture::isLost, "the gateway says that it lost its driver");
            RawBot.await(DriverLossTest::isClientGone, "the client has closed itself");
            fixture.stop();
            try (JournalReader reader = new JournalReader(fixture.journal()))
            {
                int template = 0;
                while (JournalReader.Event.RECORD == reader.poll())
                {
                    template = reader.templateId();
                }
                assertEquals(GatewayStoppedDecoder.TEMPLATE_ID, template);
            }
        }
    }

    @Test
    void shouldNotCallItALossWhenItIsStopped() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture().launch())
        {
            fixture.stop();
            assertFalse(fixture.isLost());
        }
    }

    private static boolean isClientGone()
    {
        return Thread.getAllStackTraces().keySet().stream().noneMatch(
            (thread) -> "aeron-client".equals(thread.getName()));
    }

    /** Takes away the counter in which the gateway tells the driver that it lives, as the driver does. */
    static void giveUpEveryClient(final Path aeronDirectory)
    {
        final MappedByteBuffer file = IoUtil.mapExistingFile(
            aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile(), CncFileDescriptor.CNC_FILE);
        final UnsafeBuffer layout = CncFileDescriptor.createMetaDataBuffer(file);
        final UnsafeBuffer metaData = CncFileDescriptor.createCountersMetaDataBuffer(file, layout);
        final CountersReader counters = new CountersReader(
            metaData, CncFileDescriptor.createCountersValuesBuffer(file, layout));
        final int[] given = new int[1];
        counters.forEach((counterId, typeId, key, label) ->
        {
            if (HeartbeatTimestamp.HEARTBEAT_TYPE_ID == typeId)
            {
                metaData.putIntVolatile(CountersReader.metaDataOffset(counterId), CountersReader.RECORD_RECLAIMED);
                given[0]++;
            }
        });
        assertEquals(1, given[0]);
    }
}
