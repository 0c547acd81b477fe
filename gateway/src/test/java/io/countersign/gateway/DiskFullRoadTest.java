package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.SmallDisk;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway whose journal is on a disk that others fill up.
 */
@Timeout(120)
class DiskFullRoadTest
{
    private static final int MIB = 1 << 20;

    @TempDir
    private Path temporary;
    private final Set<Long> received = new HashSet<>();
    private SmallDisk disk;
    private GatewayFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        disk = SmallDisk.tmpfs(temporary.resolve("disk"), 128);
        fixture = new GatewayFixture().withJournal(disk.path().resolve("journal"), 32).launch();
    }

    @AfterEach
    void after()
    {
        CloseHelper.quietCloseAll(fixture, disk);
    }

    @Test
    void shouldRefuseOnAFullDiskAndSignAgainWithoutARestart() throws Exception
    {
        int refused = 0;
        try (BlockingClient client = fixture.connect())
        {
            order(client);
            for (int round = 0; round < 2; round++)
            {
                fill();
                Reason reason = Reason.NONE;
                while (Reason.NONE == reason)
                {
                    reason = order(client);
                }
                assertEquals(Reason.JOURNAL_FULL, reason);
                assertEquals(Reason.JOURNAL_FULL, order(client));
                refused += 2;
                final int told = 2 * round + 1;
                awaitNotices(told);

                Files.delete(ballast());
                while (Reason.JOURNAL_FULL == order(client))
                {
                    refused++;
                }
                assertEquals(Reason.NONE, order(client));
                awaitNotices(told + 1);
            }
        }
        fixture.close();
        assertJournal(refused);
    }

    /** One line when it begins to refuse, one when it goes on. */
    private void awaitNotices(final int count)
    {
        while (fixture.errors().size() < count)
        {
            Thread.onSpinWait();
        }
        assertEquals(count, fixture.errors().size(), () -> fixture.errors().toString());
    }

    private Reason order(final BlockingClient client)
    {
        try
        {
            received.add(client.newOrder(GatewayFixture::documentedOrder).outcomeSequence());
            return Reason.NONE;
        }
        catch (final RejectedException ex)
        {
            return ex.reason();
        }
    }

    /** No gap, nothing torn, every signature that was received, and how many frames were refused. */
    private void assertJournal(final long refused) throws IOException
    {
        long last = 0;
        long intents = 0;
        final Set<Long> outcomes = new HashSet<>();
        long noise = 0;
        try (JournalReader reader = new JournalReader(disk.path().resolve("journal")))
        {
            JournalReader.Event event = reader.poll();
            while (JournalReader.Event.RECORD == event)
            {
                assertEquals(++last, reader.sequence());
                intents += IntentDecoder.TEMPLATE_ID == reader.templateId() ? 1 : 0;
                if (OutcomeDecoder.TEMPLATE_ID == reader.templateId())
                {
                    outcomes.add(reader.sequence());
                }
                noise += NoiseDecoder.TEMPLATE_ID == reader.templateId() ? full(reader) : 0;
                event = reader.poll();
            }
            assertEquals(JournalReader.Event.END, event);
        }
        assertEquals(intents, outcomes.size());
        assertEquals(received, outcomes);
        assertTrue(refused > 0);
        assertEquals(refused, noise);
    }

    private static long full(final JournalReader reader)
    {
        long count = 0;
        for (final NoiseDecoder.FramesDecoder frames : new NoiseDecoder().wrapAndApplyHeader(
            reader.buffer(), reader.offset(), new MessageHeaderDecoder()).frames())
        {
            count += Reason.JOURNAL_FULL.value() == frames.reason() ? frames.occurrences() : 0;
        }
        return count;
    }

    private Path ballast()
    {
        return disk.path().resolve("ballast");
    }

    /** To the last block; the gateway keeps what it has reserved. */
    private void fill() throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(ballast().toFile(), "rw"))
        {
            file.seek(file.length());
            byte[] piece = new byte[MIB];
            while (piece.length >= 4096)
            {
                try
                {
                    file.write(piece);
                }
                catch (final IOException ex)
                {
                    piece = new byte[piece.length / 2];
                }
            }
        }
    }
}
