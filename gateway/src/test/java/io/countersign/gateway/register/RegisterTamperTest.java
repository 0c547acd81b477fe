package io.countersign.gateway.register;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

import static io.countersign.gateway.register.Entries.NOW_MS;
import static org.junit.jupiter.api.Assertions.*;

/** Whoever can write the file but has not the token gets no entry past the gateway, and is told of by place. */
class RegisterTamperTest
{
    private static final String[] SUBJECTS =
    {
        null, "", "key binance-main version 1", "key binance-main version 2", "key okx version 1", "operator anna",
        "operator bob", "recovery key of token main",
    };

    @TempDir
    private Path temporary;
    private Path path;
    private byte[] genuine;
    private final MacSeal seal = new MacSeal(1);

    @BeforeEach
    void setUp() throws Exception
    {
        path = temporary.resolve("register.jsonl");
        try (RegisterLock lock = RegisterLock.acquire(path))
        {
            RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
        }
        genuine = Files.readAllBytes(path);
    }

    @Test
    void shouldRefuseAndNameEveryChangedByte() throws Exception
    {
        final long seed = Long.getLong("countersign.test.seed", System.nanoTime());
        final Random random = new Random(seed);
        int line = 1;
        int start = 0;
        for (int i = 0; i < genuine.length; i++)
        {
            for (int bit = 0; bit < 3; bit++)
            {
                final byte[] changed = genuine.clone();
                changed[i] ^= (byte) (0 == bit ? 1 : 1 + random.nextInt(255));
                final String what =
                    "byte " + i + " of line " + line + " as " + changed[i] + " [-Dcountersign.test.seed=" + seed + "]";
                final String message = refusal(changed, what);
                assertTrue(message.startsWith(path + ":" + line + ": "), what + ": " + message);
                assertFalse(message.contains("\n"), message);
                final boolean isBehindTheName = 50 < i - start;
                assertTrue(!isBehindTheName || message.contains(SUBJECTS[line]), what + ": " + message);
            }
            if ('\n' == genuine[i])
            {
                line++;
                start = i + 1;
            }
        }
    }

    @Test
    void shouldNameALineWhoseStateWasEdited() throws Exception
    {
        final String text = new String(genuine, StandardCharsets.UTF_8);
        assertEquals(path + ":3: key binance-main version 2: was edited: its tag does not fit: restore the file from " +
            "its latest backup", refusal(text.replaceFirst("pre-active", "revoked"), "state"));
        assertEquals(path + ":3: key binance-main version 2: was edited: it has no tag: restore the file from its " +
            "latest backup", refusal(edited(3, (line) -> line.replaceFirst("\"tag\".*", "\"x\":1}")), "no tag"));
        assertTrue(refusal(edited(6, (line) -> line.toUpperCase()), "capitals").startsWith(path + ":6: entry 5: was "));
        assertTrue(refusal(edited(4, (line) -> capitalTag(line)), "capital digits").contains(
            ":4: key okx version 1: was edited"));
    }

    @Test
    void shouldRefuseLinesThatWereRemovedAddedDuplicatedOrSwapped() throws Exception
    {
        for (int i = 1; i < 6; i++)
        {
            final List<String> lines = lines();
            lines.remove(i);
            assertEquals(moved(i + 1, i + 2), refusal(lines, "removed " + i));
        }
        List<String> lines = lines();
        lines.removeLast();
        assertEquals(path + ":1: the head counts 6 entries, there are 5: lines at the end were removed or added, or " +
            "the head was edited: restore the file from its latest backup", refusal(lines, "removed the last"));
        lines = lines();
        lines.add(3, lines.get(2));
        assertEquals(path + ":4: key binance-main version 2: belongs at line 3: lines were added, removed or moved: " +
            "restore the file from its latest backup", refusal(lines, "duplicated"));
        lines = lines();
        lines.add(lines.get(2));
        assertTrue(refusal(lines, "duplicated at the end").startsWith(path + ":8: key binance-main version 2: "));
        lines = lines();
        lines.set(2, lines.set(3, lines.get(2)));
        assertEquals(moved(3, 4), refusal(lines, "swapped"));
        lines = lines();
        lines.add(4, "{\"key\":\"new\",\"version\":1,\"tag\":\"" + "0".repeat(64) + "\"}");
        assertTrue(refusal(lines, "added").startsWith(path + ":5: key new version 1: was edited"));
    }

    @Test
    void shouldRefuseALineFromAnOlderFile() throws Exception
    {
        final RegisterFile file = RegisterFile.open(path, seal);
        try (RegisterLock lock = RegisterLock.acquire(path))
        {
            final KeyEntry revoked = file.register().key("binance-main", 1).become(KeyState.REVOKED, NOW_MS + 9);
            file.save(file.register().withKey(revoked), lock, NOW_MS + 9);
        }
        final List<String> old = lines();
        genuine = Files.readAllBytes(path);
        final List<String> lines = lines();
        assertNotEquals(old.get(1), lines.get(1));
        lines.set(1, old.get(1));
        assertEquals(path + ":1: the seal does not fit, though every line is genuine: the head was edited, or a line " +
            "was taken from an older file: restore the file from its latest backup", refusal(lines, "older line"));
        lines.set(0, old.get(0));
        genuine = text(lines);
        Files.write(path, genuine);
        assertEquals(1, RegisterFile.open(path, seal).register().generation(), "all of it old: the anchor's matter");
    }

    @Test
    void shouldRefuseAnEditedHead() throws Exception
    {
        for (final String[] edit : new String[][]{ { "\"generation\":1", "\"generation\":2" },
            { "19:00:00.000Z\",\"prev", "19:00:00.001Z\",\"prev" }, { "\"previous\":\"00", "\"previous\":\"10" },
            { "\"keys\":3,\"operators\":2", "\"keys\":4,\"operators\":1" } })
        {
            final String message = refusal(edited(1, (line) -> line.replace(edit[0], edit[1])), edit[0]);
            assertTrue(message.startsWith(path + ":1: the seal does not fit"), message);
        }
        for (final String[] edit : new String[][]{ { "\"keys\":3", "\"keys\":2" }, { "register 1", "register 2" },
            { "\"generation\":1", "\"generation\":0" }, { "\"keys\":3", "\"keys\":3,\"keys\":3" },
            { "\"keys\":3", "\"keys\":\"3\"" }, { "\"keys\":3", "\"keys\":3,\"more\":3" }, { "\"seal\"", "\"sael\"" } })
        {
            final String message = refusal(edited(1, (line) -> line.replace(edit[0], edit[1])), edit[0]);
            assertTrue(message.startsWith(path + ":1: "), message);
        }
    }

    @Test
    void shouldRefuseAFileThatWasCut() throws Exception
    {
        assertEquals(path + ": is empty: restore the file from its latest backup", refusal(new byte[0], "empty"));
        for (int length = 1; length < genuine.length; length++)
        {
            final String message = refusal(Arrays.copyOf(genuine, length), "cut to " + length);
            assertTrue(message.contains("the file was cut") || message.contains("the head counts 6"), message);
        }
        final byte[] longer = Arrays.copyOf(genuine, genuine.length + 1);
        assertTrue(refusal(longer, "a byte more").startsWith(path + ":8: "));
        longer[genuine.length] = '\n';
        assertTrue(refusal(longer, "an empty line").startsWith(path + ":8: entry 7: was edited"));
    }

    @Test
    void shouldRefuseTheRegisterOfAnotherToken() throws Exception
    {
        Files.write(path, genuine);
        final RegisterException ex =
            assertThrows(RegisterException.class, () -> RegisterFile.open(path, new MacSeal(2)));
        assertEquals(path + ":1: nothing in it fits the register key of the token: expected the token that it was " +
            "sealed with", ex.getMessage());
    }

    private String moved(final int line, final int home)
    {
        return path + ":" + line + ": " + SUBJECTS[home] + ": belongs at line " + home +
            ": lines were added, removed or moved: restore the file from its latest backup";
    }

    private static String capitalTag(final String line)
    {
        final int digits = line.length() - 66;
        return line.substring(0, digits) + line.substring(digits).toUpperCase();
    }

    private byte[] edited(final int line, final UnaryOperator<String> edit)
    {
        final List<String> lines = lines();
        final String before = lines.get(line - 1);
        lines.set(line - 1, edit.apply(before));
        assertNotEquals(before, lines.get(line - 1));
        return text(lines);
    }

    private List<String> lines()
    {
        return new ArrayList<>(new String(genuine, StandardCharsets.UTF_8).lines().toList());
    }

    private static byte[] text(final List<String> lines)
    {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        lines.forEach((line) -> text.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return text.toByteArray();
    }

    private String refusal(final List<String> lines, final String what) throws Exception
    {
        return refusal(text(lines), what);
    }

    private String refusal(final String text, final String what) throws Exception
    {
        return refusal(text.getBytes(StandardCharsets.UTF_8), what);
    }

    private String refusal(final byte[] content, final String what) throws Exception
    {
        Files.write(path, content);
        return assertThrows(RegisterException.class, () -> RegisterFile.open(path, seal), what).getMessage();
    }
}
