package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.*;

/**
 * Changes single bytes of a journal in two cycle files. Records end 4 KB before the files do.
 */
@Timeout(120)
class TamperTest
{
    private static final long SEED = 20261130;

    /** Of the places of an index that are not used, so many are passed over. */
    private static final int STRIDE = 211;
    private static final int MARK_OFFSET = 0x40;

    @TempDir
    private Path directory;

    private final SealedJournal journal = SealedJournal.ofTwoLives();
    private final Map<String, Boolean> known = new HashMap<>();
    private final Random random = new Random(SEED);

    @BeforeEach
    void writeJournal() throws IOException
    {
        journal.write(directory, 19);
        assertEquals(0, verify().exitCode());
    }

    @Test
    void shouldNoticeEveryChangedByteOfTheFirstFile() throws IOException
    {
        changeEach("20261128F.cq4", STRIDE);
    }

    @Test
    void shouldNoticeEveryChangedByteOfTheLastFileOrCallItTorn() throws IOException
    {
        changeEach("20261130F.cq4", STRIDE);
    }

    @Test
    @Tag("soak")
    @Timeout(3600)
    void shouldNoticeEveryChangedByteOfIndexesToo() throws IOException
    {
        changeEach("20261128F.cq4", 1);
        changeEach("20261130F.cq4", 1);
    }

    private void changeEach(final String name, final int stride) throws IOException
    {
        final Path file = directory.resolve(name);
        final byte[] bytes = Files.readAllBytes(file);
        final boolean isLast = "20261130F.cq4".equals(name);
        final int lastRecord = isLast ? lastRecordOf(bytes) : bytes.length;
        int changed = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            for (int offset = 0; offset < bytes.length; offset++)
            {
                final boolean isSampled = 0 == bytes[offset] &&
                    (offset > 0xF8 && offset < CycleFileBuilder.FIRST_EXCERPT - 0x7FF0 || offset > 0x8118 &&
                        offset < CycleFileBuilder.FIRST_EXCERPT || offset > bytes.length - 4000);
                if (!isSampled || 0 == offset % stride)
                {
                    put(channel, offset, (byte) (bytes[offset] ^ 1 + random.nextInt(255)));
                    assertNoticed(name, offset, isLast &&
                        (offset >= lastRecord || offset >= MARK_OFFSET && offset < MARK_OFFSET + Long.BYTES));
                    put(channel, offset, bytes[offset]);
                    changed++;
                }
            }
        }
        assertTrue(changed > 3500, "only " + changed + " bytes were changed; seed " + SEED);
        assertEquals(0, verify().exitCode());
    }

    /** At the end, what was cut off and what was changed look the same; then the report must say torn. */
    private void assertNoticed(final String name, final int offset, final boolean mayBeTorn) throws IOException
    {
        final JournalVerifier verifier = new JournalVerifier(context());
        final Report report = verifier.run();
        final String text = report.text(verifier.sealedSize(), false);
        final boolean isNoticed = 1 == report.exitCode() ||
            mayBeTorn && text.contains("\ntorn: " + name) && text.contains("\nafter the last seal: ") ||
            mayBeTorn && text.contains("\ntorn: " + name) && text.contains("sequences 1 to 31");
        assertTrue(isNoticed, () -> name + " offset " + offset + ", seed " + SEED + ":\n" + text);
    }

    private Report verify() throws IOException
    {
        return new JournalVerifier(context()).run();
    }

    private VerifyContext context()
    {
        return new VerifyContext(directory).areSignaturesChecked(false).noteVerifier(this::verifies);
    }

    /** Each of the few signatures is computed once. */
    private boolean verifies(final NoteKey key, final SignedNote note, final SignedNote.Line line)
    {
        return known.computeIfAbsent(key.format() + note.format() + line.format(), (text) -> key.verifies(note, line));
    }

    private static int lastRecordOf(final byte[] file)
    {
        return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(MARK_OFFSET);
    }

    private static void put(final FileChannel channel, final int offset, final byte value) throws IOException
    {
        channel.write(ByteBuffer.wrap(new byte[]{value}), offset);
    }
}
