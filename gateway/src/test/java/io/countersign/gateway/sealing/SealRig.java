package io.countersign.gateway.sealing;

import io.countersign.gateway.config.AuditConfig;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.counters.SealCounters;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.journal.Sealings;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A seal agent on a real journal, driven step by step, with a signer in memory and the test as gateway thread.
 */
final class SealRig implements AutoCloseable, GatewayClock
{
    static final String ORIGIN = "example.com/test";
    static final int INTERVAL_MS = 200;

    final Queue<GatewayCommand> commands = new ArrayDeque<>();
    final SealProxy proxy = new SealProxy();
    final List<String> notices = new ArrayList<>();
    final SealCounters counters;
    final Path journalDirectory;
    final Path checkpoints;
    final FakeSigner signer;
    final SigningAlgorithm algorithm;
    Sealings life;
    private SealAgent agent;
    private long nowNs = 1;
    private long errorNs = 1500;

    SealRig(final Path directory, final FakeSigner signer, final SigningAlgorithm algorithm)
    {
        this.signer = signer;
        this.algorithm = algorithm;
        journalDirectory = directory.resolve("journal");
        checkpoints = directory.resolve("checkpoints");
        final CountersManager manager = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(512 * 256)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 256)));
        counters = new GatewayCounters(
            (typeId, label) -> manager.newCounter(label, typeId), List.of("test"), 1).seals();
    }

    SealRig start()
    {
        life = new Sealings(journalDirectory);
        agent = new SealAgent(new SealContext()
            .audit(new AuditConfig(
                ORIGIN, new KeySpec("audit", 1, new byte[]{2}, algorithm, signer.publicKey()), "test", checkpoints,
                INTERVAL_MS))
            .journal(journalDirectory, life.foundSequence(), () -> life.lastSequence())
            .signer(signer)
            .gateway(proxy, commands)
            .counters(counters)
            .clock(this)
            .clockError(() -> errorNs)
            .notices(notices::add)
            .conclude());
        return this;
    }

    void stop()
    {
        agent.onClose();
        life.close();
    }

    @Override
    public long monotonicNs()
    {
        return nowNs;
    }

    @Override
    public long utcNs(final long monotonicNs)
    {
        return 1_700_000_000_123_456_789L + monotonicNs;
    }

    void clockErrorNs(final long clockErrorNs)
    {
        errorNs = clockErrorNs;
    }

    void step()
    {
        while (0 < agent.doWork())
        {
            Thread.onSpinWait();
        }
    }

    /** Lets time pass in steps of 1 ms; the seals that came are appended as the gateway thread does. */
    List<SealEntry> pass(final int ms)
    {
        final List<SealEntry> seals = new ArrayList<>();
        for (int i = 0; i < ms; i++)
        {
            nowNs += TimeUnit.MILLISECONDS.toNanos(1);
            step();
            while (commands.poll() instanceof final GatewayCommand.AppendSeal command)
            {
                seals.add(command.seal());
                life.seal(command.seal());
            }
        }
        return seals;
    }

    /** The one seal of a full interval. */
    SealEntry seal()
    {
        final List<SealEntry> seals = pass(INTERVAL_MS);
        assertEquals(1, seals.size(), () -> "seals of one interval; notices " + notices);
        return seals.getFirst();
    }

    /** What kind of notices there were. */
    List<String> firstWords()
    {
        return notices.stream().map((notice) -> notice.replaceFirst("[^a-z].*", "")).toList();
    }

    NoteKey key() throws Exception
    {
        return NoteKey.of(ORIGIN, algorithm, signer.publicKey());
    }

    /** The seal is what comes of the records, computed from the first on; its text is signed. */
    void assertSound(final SealEntry seal) throws Exception
    {
        final Frontier frontier = frontier(journalDirectory, seal.treeSize());
        assertArrayEquals(frontier.root(), seal.root());
        assertArrayEquals(frontier.encoded(), seal.frontier());
        final SignedNote note = SignedNote.parse(new String(seal.checkpoint(), StandardCharsets.UTF_8));
        assertTrue(key().verifies(note, note.signatures().getFirst()), note.format());
        final Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertTrue(Checkpoint.isExact(note.text()), note.text());
        assertEquals(ORIGIN, checkpoint.origin());
        assertEquals(seal.treeSize(), checkpoint.treeSize());
        assertTrue(Arrays.equals(seal.root(), checkpoint.root()));
        assertEquals(seal.sealedUtcNs(), checkpoint.utcNs());
        assertEquals(seal.clockErrorNs(), checkpoint.clockErrorNs());
    }

    static Frontier frontier(final Path journal, final long size) throws IOException
    {
        final TreeHasher hasher = new TreeHasher();
        final Frontier frontier = new Frontier(hasher);
        final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
        try (JournalReader reader = new JournalReader(journal))
        {
            JournalReader.Event event = reader.poll();
            while (frontier.size() < size && JournalReader.Event.END != event)
            {
                if (JournalReader.Event.RECORD == event)
                {
                    assertEquals(frontier.size() + 1, reader.sequence());
                    hasher.leaf(reader.buffer(), reader.offset(), reader.length(), hash, 0);
                    frontier.add(hash, 0);
                }
                event = reader.poll();
            }
        }
        assertEquals(size, frontier.size());
        return frontier;
    }

    @Override
    public void close()
    {
        stop();
    }
}
