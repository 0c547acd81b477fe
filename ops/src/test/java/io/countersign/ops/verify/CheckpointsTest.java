package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class CheckpointsTest
{
    private static final String WITNESS = "witness.example.org/w1";
    private static final long SECONDS = 1_796_000_000;

    @TempDir
    private Path temporary;

    private final SealedJournal journal = SealedJournal.ofTwoLives();
    private final KeyPair witnessKeys = SealedJournal.keyPair("Ed25519");
    private NoteKey witness;

    @BeforeEach
    void before() throws Exception
    {
        journal.write(temporary.resolve("j"), 19);
        witness = witness(WITNESS, witnessKeys);
    }

    @Test
    void shouldTakeCheckpointsInAnyOrder() throws Exception
    {
        final CommandRun ordered = verify(journal.checkpoints);
        assertEquals(0, ordered.exitCode(), ordered.out() + ordered.err());
        assertTrue(ordered.lines().contains("checkpoints: 5 of 1 file, the largest of 31 records"), ordered.out());
        final List<String> mixed = new ArrayList<>(journal.checkpoints);
        Collections.reverse(mixed);
        mixed.add(mixed.removeFirst());
        mixed.add(mixed.get(2));
        final CommandRun run = verify(mixed);
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.lines().contains("checkpoints: 6 of 1 file, the largest of 31 records"), run.out());
        mixed.add(0, "no checkpoint\n\n");
        assertEquals(1, verify(mixed).exitCode());
    }

    @Test
    void shouldCountCosignaturesOfWitnesses() throws Exception
    {
        final List<String> cosigned = new ArrayList<>(journal.checkpoints);
        cosigned.set(1, cosign(cosigned.get(1), witness, witnessKeys));
        cosigned.set(3, cosign(cosigned.get(3), witness, witnessKeys));
        final KeyPair unknownKeys = SealedJournal.keyPair("Ed25519");
        cosigned.set(3, cosign(cosigned.get(3), witness("unknown.example.org/w", unknownKeys), unknownKeys));
        final CommandRun run = verify(cosigned, "--witness", witness.format());
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.lines().contains(
            "checkpoints: 5 of 1 file, the largest of 31 records, 2 cosigned by " + WITNESS), run.out());
        assertFalse(verify(cosigned).out().contains("cosigned by"));
    }

    @Test
    void shouldNoticeACosignatureThatIsNoneOfTheWitness() throws Exception
    {
        final List<String> cosigned = new ArrayList<>(journal.checkpoints);
        cosigned.set(1, cosign(cosigned.get(1), witness, SealedJournal.keyPair("Ed25519")));
        final CommandRun run = verify(cosigned, "--witness", witness.format());
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("the checkpoint's signature is not one of the witness " + WITNESS), run.out());
        assertEquals(0, verify(cosigned).exitCode(), "nobody asked for that witness");
    }

    private CommandRun verify(final List<String> checkpoints, final Object... options) throws Exception
    {
        final Path file = Files.writeString(
            temporary.resolve("checkpoints.txt"), String.join("\n", checkpoints) + "\n");
        final List<Object> arguments = new ArrayList<>(
            List.of("audit", "verify", temporary.resolve("j"), "--checkpoints", file));
        arguments.addAll(Arrays.asList(options));
        return CommandRun.of(arguments.toArray());
    }

    /** C2SP tlog-cosignature, cosignature/v1. */
    private static String cosign(final String note, final NoteKey key, final KeyPair keys) throws Exception
    {
        final SignedNote signed = SignedNote.parse(note);
        final byte[] message =
            ("cosignature/v1\ntime " + SECONDS + "\n" + signed.text()).getBytes(StandardCharsets.UTF_8);
        final byte[] signature = SealedJournal.sign(keys, message);
        final List<SignedNote.Line> lines = new ArrayList<>(signed.signatures());
        lines.add(key.line(
            ByteBuffer.allocate(Long.BYTES + signature.length).putLong(SECONDS).put(signature).array()));
        return new SignedNote(signed.text(), lines).format();
    }

    private static NoteKey witness(final String name, final KeyPair keys) throws Exception
    {
        final byte[] info = keys.getPublic().getEncoded();
        final byte[] typed = Arrays.copyOfRange(info, info.length - 33, info.length);
        typed[0] = 4;
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(typed);
        return NoteKey.parse(name + "+" + HexFormat.of().formatHex(digest.digest(), 0, 4) + "+" +
            Base64.getEncoder().encodeToString(typed));
    }
}
