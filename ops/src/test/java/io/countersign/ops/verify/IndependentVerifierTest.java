package io.countersign.ops.verify;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The verifier in Python, which knows the format's documentation and none of this code, comes to the same verdict.
 */
@Timeout(120)
class IndependentVerifierTest
{
    private static final int SEQUENCE_OFFSET = 8;
    private static final int PAYLOAD_BYTE = 150;

    @TempDir
    private Path temporary;

    private final SealedJournal journal = SealedJournal.ofTwoLives();

    /** What somebody does who writes checksums anew. */
    enum Attack
    {
        NONE((journal) ->
        {
        }),
        DROPPED((journal) -> resequence(journal, 8, () -> journal.records.remove(8))),
        NOT_RENUMBERED((journal) -> journal.records.remove(12)),
        SWAPPED((journal) -> resequence(journal, 11, () -> Collections.swap(journal.records, 11, 13))),
        DUPLICATED((journal) ->
            resequence(journal, 9, () -> journal.records.add(9, journal.records.get(8).clone()))),
        PAYLOAD_CHANGED((journal) -> journal.records.get(12)[PAYLOAD_BYTE] ^= 1),
        PAYLOAD_CHANGED_AND_SEALED((journal) ->
        {
            final SealedJournal other = new SealedJournal();
            other.start(0).policy("principals: []\n").opened();
            final long intent = other.intent("bot", "as it was signed");
            other.outcome(intent, "bot", other.sign(other.botKeys, "as it was not signed")).seal(0);
            take(journal, other);
        }),
        SIGNED_ON_P256((journal) ->
        {
            final SealedJournal other = new SealedJournal();
            other.start(0).policy("principals: []\n").opened().keyChanged("other", other.otherKeys);
            final long intent = other.intent("other", "as it was signed");
            other.outcome(intent, "other", other.sign(other.otherKeys, "as it was not signed")).seal(0);
            take(journal, other);
        }),
        OUTCOME_WITHOUT_INTENT((journal) ->
        {
            final SealedJournal other = new SealedJournal();
            other.start(0).policy("principals: []\n").opened().outcome(3, "bot", new byte[64]).seal(0);
            take(journal, other);
        }),
        INTENT_LEFT_OPEN((journal) ->
        {
            final SealedJournal other = new SealedJournal();
            other.start(0).policy("principals: []\n").opened();
            other.intent("bot", "never answered");
            other.seal(0).start(0).policy("principals: []\n").seal(0);
            take(journal, other);
        }),
        OLD_SEAL((journal) ->
            resequence(journal, 26, () -> journal.records.set(26, journal.records.get(9).clone()))),
        FORGED_SEAL((journal) ->
        {
            journal.records.removeLast();
            journal.seal(31, SealedJournal.keyPair("Ed25519"));
        });

        private final Consumer<SealedJournal> act;

        Attack(final Consumer<SealedJournal> act)
        {
            this.act = act;
        }

        private static void take(final SealedJournal journal, final SealedJournal other)
        {
            journal.records.clear();
            journal.records.addAll(other.records);
            journal.configuration(other.configuration());
        }

        private static void resequence(final SealedJournal journal, final int first, final Runnable change)
        {
            change.run();
            for (int i = first; i < journal.records.size(); i++)
            {
                final byte[] record = journal.records.get(i);
                for (int b = 0; b < Long.BYTES; b++)
                {
                    record[SEQUENCE_OFFSET + b] = (byte) (i + 1L >>> 8 * b);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Attack.class)
    void shouldAgreeOnWhatAnAttackerDid(final Attack attack) throws IOException, InterruptedException
    {
        final Path keys = keysOf(journal);
        attack.act.accept(journal);
        assertAgreed(Attack.NONE == attack ? 0 : 1, ownKeys(attack, keys), List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldAgreeOnAByteThatWasChanged(final long seed) throws IOException, InterruptedException
    {
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Path keys = keysOf(journal);
        final byte[] record = journal.records.get(random.nextInt(journal.records.size() - 1));
        record[random.nextInt(record.length)] ^= (byte) (1 + random.nextInt(255));
        assertAgreed(1, keys, List.of());
    }

    @Test
    void shouldAgreeOnARecordThatTheCheckpointsKnowAndTheJournalDoesNot() throws IOException, InterruptedException
    {
        final Path keys = keysOf(journal);
        final Path checkpoints = journal.writeCheckpoints(temporary.resolve("checkpoints.txt"));
        assertAgreed(0, keys, List.of("--checkpoints", checkpoints.toString()));
        while (journal.records.size() > 20)
        {
            journal.records.removeLast();
        }
        assertAgreed(1, keys, List.of("--checkpoints", checkpoints.toString()));
    }

    @Test
    void shouldNotTellWithoutTheKeys() throws IOException, InterruptedException
    {
        final Path keys = keysOf(journal);
        Files.writeString(keys, Files.readAllLines(keys).getFirst() + "\n");
        journal.write(temporary.resolve("j"));
        final Answer python = python(keys, List.of());
        assertEquals(2, python.exitCode, python.text);
        assertTrue(python.text.contains("no public key is given of bot version 1, mac version 1, other version 1"),
            python.text);
    }

    private record Answer(int exitCode, String text)
    {
    }

    private Path ownKeys(final Attack attack, final Path keys) throws IOException
    {
        return switch (attack)
        {
            case PAYLOAD_CHANGED_AND_SEALED, SIGNED_ON_P256, OUTCOME_WITHOUT_INTENT, INTENT_LEFT_OPEN ->
                keysOf(journal);
            default -> keys;
        };
    }

    private Path keysOf(final SealedJournal sealed) throws IOException
    {
        final Path directory = Files.createTempDirectory(temporary, "keys");
        sealed.write(directory);
        final CommandRun run = CommandRun.of("audit", "keys", directory);
        assertEquals(0, run.exitCode(), run.err());
        return Files.writeString(temporary.resolve("keys.txt"), run.out());
    }

    private void assertAgreed(final int exitCode, final Path keys, final List<String> more)
        throws IOException, InterruptedException
    {
        journal.write(temporary.resolve("j"));
        final List<Object> args = new ArrayList<>(List.of("audit", "verify", temporary.resolve("j"), "--keys", keys));
        args.addAll(more);
        final CommandRun java = CommandRun.of(args.toArray());
        final Answer python = python(keys, more);
        assertEquals(exitCode, java.exitCode(), java.out() + java.err());
        assertEquals(exitCode, python.exitCode, python.text + java.out());
        assertTrue(python.text.startsWith(0 == exitCode ?
            "sound: records " + journal.records.size() + ", seals " : "broken at record "), python.text);
    }

    private Answer python(final Path keys, final List<String> more) throws IOException, InterruptedException
    {
        final Path lines = temporary.resolve("records.jsonl");
        CommandRun.of("audit", "replay", temporary.resolve("j"), "--raw", "--output", lines);
        final List<String> command = new ArrayList<>(List.of(
            "python3", "src/main/python/verify_journal.py", lines.toString(), "--keys", keys.toString()));
        command.addAll(more);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
