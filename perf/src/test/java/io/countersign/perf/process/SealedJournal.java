package io.countersign.perf.process;

import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A journal with its tree computed anew from the first record on, and what its seals say.
 */
final class SealedJournal
{
    private static final int UTC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;

    private final NoteKey key;
    private final List<SealEntry> seals = new ArrayList<>();
    private final List<Long> waitedNs = new ArrayList<>();
    private final List<String> rootBySize = new ArrayList<>(List.of(""));
    private final Map<Long, Long> utcNsBySequence = new HashMap<>();
    private long lastStopped;
    private long lastOther;
    private boolean endsWithSeal;

    private SealedJournal(final NoteKey key)
    {
        this.key = key;
    }

    static SealedJournal read(final Path directory, final NoteKey key) throws IOException
    {
        final SealedJournal journal = new SealedJournal(key);
        final TreeHasher hasher = new TreeHasher();
        final Frontier frontier = new Frontier(hasher);
        final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
        try (JournalReader reader = new JournalReader(directory))
        {
            JournalReader.Event event = reader.poll();
            while (JournalReader.Event.RECORD == event)
            {
                assertEquals(frontier.size() + 1, reader.sequence());
                hasher.leaf(reader.buffer(), reader.offset(), reader.length(), hash, 0);
                frontier.add(hash, 0);
                journal.rootBySize.add(HexFormat.of().formatHex(frontier.root()));
                journal.onRecord(reader);
                event = reader.poll();
            }
            assertEquals(JournalReader.Event.END, event, reader.description());
        }
        return journal;
    }

    private void onRecord(final JournalReader reader)
    {
        final long utcNs = reader.buffer().getLong(reader.offset() + UTC_OFFSET, ByteOrder.LITTLE_ENDIAN);
        endsWithSeal = SealDecoder.TEMPLATE_ID == reader.templateId();
        if (endsWithSeal)
        {
            final SealEntry seal = SealEntry.decode(reader.buffer(), reader.offset());
            assertTrue(seal.treeSize() < reader.sequence() && reader.sequence() - seal.treeSize() <= SealEntry.MAX_LAG);
            seals.add(seal);
            utcNsBySequence.entrySet().removeIf((record) ->
            {
                final boolean isCovered = record.getKey() <= seal.treeSize();
                if (isCovered)
                {
                    waitedNs.add(utcNs - record.getValue());
                }
                return isCovered;
            });
        }
        else
        {
            utcNsBySequence.put(reader.sequence(), utcNs);
            lastOther = reader.sequence();
            lastStopped = GatewayStoppedDecoder.TEMPLATE_ID == reader.templateId() ? reader.sequence() : lastStopped;
        }
    }

    /** Each seal says what the records before it say, under a signature of the audit key. */
    SealedJournal assertSound() throws NoteException
    {
        long lastSize = 0;
        for (final SealEntry seal : seals)
        {
            assertTrue(seal.treeSize() > lastSize, "tree sizes rise");
            lastSize = seal.treeSize();
            assertEquals(rootBySize.get((int) lastSize), HexFormat.of().formatHex(seal.root()));
            final Frontier frontier = new Frontier(new TreeHasher());
            frontier.set(seal.treeSize(), seal.frontier());
            assertArrayEquals(frontier.root(), seal.root());
            final Checkpoint checkpoint = assertSound(new String(seal.checkpoint(), StandardCharsets.UTF_8));
            assertEquals(seal.treeSize(), checkpoint.treeSize());
            assertEquals(seal.sealedUtcNs(), checkpoint.utcNs());
            assertEquals(seal.clockErrorNs(), checkpoint.clockErrorNs());
        }
        return this;
    }

    /** So does each checkpoint that was exported. */
    SealedJournal assertSound(final List<String> notes) throws NoteException
    {
        for (final String note : notes)
        {
            assertSound(note);
        }
        return this;
    }

    /** The last record is a seal over GatewayStopped, behind which nothing but seals comes. */
    SealedJournal assertStopped()
    {
        assertTrue(endsWithSeal, "the last record is no Seal");
        assertEquals(lastStopped, lastOther);
        assertTrue(seals.getLast().treeSize() >= lastStopped, () -> "the last seal covers " +
            seals.getLast().treeSize() + " records, and not GatewayStopped, number " + lastStopped);
        return this;
    }

    int seals()
    {
        return seals.size();
    }

    /** For how long records waited for their seal, but those that a dead process left. */
    List<Long> waitedNs()
    {
        return waitedNs.stream().sorted().toList();
    }

    static List<String> notes(final Path checkpoints) throws IOException
    {
        final List<String> notes = new ArrayList<>();
        if (Files.exists(checkpoints))
        {
            final String[] parts = Files.readString(checkpoints).split("\n\n");
            for (int i = 0; i + 1 < parts.length; i += 2)
            {
                notes.add(parts[i] + "\n\n" + parts[i + 1] + "\n");
            }
        }
        return notes;
    }

    private Checkpoint assertSound(final String note) throws NoteException
    {
        final SignedNote signed = SignedNote.parse(note);
        assertTrue(key.verifies(signed, signed.signatures().getFirst()), note);
        assertTrue(Checkpoint.isExact(signed.text()), note);
        final Checkpoint checkpoint = Checkpoint.parse(signed.text());
        assertEquals(ProcessFixture.ORIGIN, checkpoint.origin());
        assertEquals(rootBySize.get((int) checkpoint.treeSize()), HexFormat.of().formatHex(checkpoint.root()));
        return checkpoint;
    }
}
