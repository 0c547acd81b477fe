package io.countersign.gateway.register;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import static io.countersign.gateway.register.Entries.NOW_MS;
import static org.junit.jupiter.api.Assertions.*;

class RegisterFileTest
{
    @TempDir
    private Path temporary;
    private Path path;
    private RegisterLock lock;
    private final MacSeal seal = new MacSeal(1);

    @BeforeEach
    void setUp() throws Exception
    {
        path = temporary.resolve("register.jsonl");
        lock = RegisterLock.acquire(path);
    }

    @AfterEach
    void tearDown()
    {
        lock.close();
    }

    @Test
    void shouldReadWhatItWrote() throws Exception
    {
        final Register first = Entries.some().withKeys(List.of());
        final RegisterDraft draft = new RegisterDraft(first);
        draft.add(Entries.full());
        final RegisterFile file = RegisterFile.create(path, seal, lock, draft.finish(), NOW_MS);
        final Register next = file.register().withKey(Entries.key("later", 1));
        final Register saved = file.save(next, lock, NOW_MS + 1);

        assertEquals(2, saved.generation());
        assertSame(saved, file.register());
        final RegisterFile opened = RegisterFile.open(path, seal);
        assertEquals(saved.mark(), opened.register().mark());
        assertEquals(next.keys(), opened.register().keys());
        assertEquals(next.operators(), opened.register().operators());
        assertEquals(next.recoveries(), opened.register().recoveries());
        assertEquals(Entries.full().venue().passphrase(), opened.register().keys().get(3).venue().passphrase());
        assertEquals(List.of("zeta", "account"),
            List.copyOf(opened.register().keys().get(3).venue().parameters().keySet()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        try (Stream<Path> files = Files.list(temporary))
        {
            assertEquals(2, files.count(), "the register and its lock");
        }
    }

    @Test
    void shouldWriteTheFormThatIsDocumented() throws Exception
    {
        final KeyEntry key = Entries.active("binance-main", 1).withUse(new KeyUse(3, NOW_MS + 2));
        RegisterFile.create(path, seal, lock,
            Register.EMPTY.withKey(key).withOperator(Entries.operator("anna", 0)), NOW_MS);
        final List<String> lines = Files.readAllLines(path);
        assertEquals(3, lines.size());
        assertEquals("{\"register\":\"countersign-register 1\",\"generation\":1,\"saved\":" +
            "\"2026-11-30T19:00:00.000Z\",\"previous\":\"" + "0".repeat(64) +
            "\",\"keys\":1,\"operators\":1,\"recoveries\":0,\"seal\":\"", withoutMac(lines.get(0)));
        assertEquals("{\"key\":\"binance-main\",\"version\":1,\"token\":\"main\",\"id\":\"" + hex(key.spec().id()) +
            "\",\"algorithm\":\"HMAC-SHA256\",\"check-value\":\"" + hex(key.spec().pinned()) +
            "\",\"state\":\"active\",\"purpose\":\"sign\",\"recoverable\":false,\"high-value\":false," +
            "\"venue\":\"binance-spot\",\"api-key\":\"ID-1\",\"created\":\"2026-11-30T19:00:00.000Z\"," +
            "\"activated\":\"2026-11-30T19:00:00.001Z\",\"signatures\":3," +
            "\"last-signed\":\"2026-11-30T19:00:00.002Z\",\"tag\":\"", withoutMac(lines.get(1)));
        assertEquals("{\"operator\":\"anna\",\"role\":\"security-officer\",\"public-key\":" +
            "\"MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\",\"totp-version\":1," +
            "\"state\":\"enrolled\",\"enrolled\":\"2026-11-30T19:00:00.000Z\",\"tag\":\"", withoutMac(lines.get(2)));
    }

    @Test
    void shouldCallTheTokenTwiceAndZeroTheEntryKey() throws Exception
    {
        RegisterFile.create(path, seal, lock, Entries.many(100), NOW_MS);
        assertEquals(2, seal.calls);
        RegisterFile.open(path, seal);
        assertEquals(4, seal.calls);
        assertEquals(2, seal.entryKeys.size());
        for (final byte[] key : seal.entryKeys)
        {
            assertArrayEquals(new byte[32], key);
        }
    }

    @Test
    void shouldRefuseAFileThatOthersMayReadOrWrite() throws Exception
    {
        RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
        for (final String mode : List.of("rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwx------", "rw-rw-rw-"))
        {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            final RegisterException ex =
                assertThrows(RegisterException.class, () -> RegisterFile.open(path, seal), mode);
            assertEquals(path + ": is open to others (" + mode + "): run chmod 600 " + path +
                ", and find out who changed that", ex.getMessage());
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        RegisterFile.open(path, seal);
    }

    @Test
    void shouldRefuseWhatIsNoFile() throws Exception
    {
        assertOpens("does not exist");
        Files.createDirectory(path);
        assertOpens("no regular file");
        Files.delete(path);
        final Path elsewhere = temporary.resolve("elsewhere.jsonl");
        try (RegisterLock other = RegisterLock.acquire(elsewhere))
        {
            RegisterFile.create(elsewhere, seal, other, Entries.some(), NOW_MS);
        }
        Files.createSymbolicLink(path, elsewhere);
        assertOpens("no regular file");
        assertThrows(RegisterException.class, () -> RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS));
    }

    @Test
    void shouldSaveOnlyUnderTheLockAndFromTheLatest() throws Exception
    {
        final RegisterFile file = RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
        final Register stale = file.register().withKey(Entries.key("stale", 1));
        file.save(file.register().withKey(Entries.key("a", 1)), lock, NOW_MS);
        final byte[] before = Files.readAllBytes(path);

        final RegisterException ex = assertThrows(RegisterException.class, () -> file.save(stale, lock, NOW_MS));
        assertEquals(path + ": is generation 2, the change was made from generation 1: make it again from this one",
            ex.getMessage());
        try (RegisterLock other = RegisterLock.acquire(temporary.resolve("other")))
        {
            assertThrows(RegisterException.class, () -> file.save(file.register(), other, NOW_MS));
        }
        lock.close();
        assertThrows(RegisterException.class, () -> file.save(file.register(), lock, NOW_MS));
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    @Test
    void shouldNotMindWhatACrashInTheMiddleOfWritingLeft() throws Exception
    {
        final RegisterFile file = RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
        final Path leftOver = temporary.resolve("register.jsonl.tmp");
        final byte[] content = Files.readAllBytes(path);
        Files.write(leftOver, Arrays.copyOf(content, content.length / 2));
        Files.setPosixFilePermissions(leftOver, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertEquals(file.register().mark(), RegisterFile.open(path, seal).register().mark());
        file.save(file.register().withKey(Entries.key("a", 1)), lock, NOW_MS);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertFalse(Files.exists(leftOver));
        assertNotNull(RegisterFile.open(path, seal).register().key("a", 1));
    }

    @Test
    void shouldLeaveTheFileAsItIsWhenItCannotBeReplaced() throws Exception
    {
        final RegisterFile file = RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
        final byte[] before = Files.readAllBytes(path);
        // Not even root removes a directory that is not empty in place of a file.
        final Path inTheWay = Files.createDirectories(temporary.resolve("register.jsonl.tmp/full"));
        final Register next = file.register().withKey(Entries.key("a", 1));
        final RegisterException ex = assertThrows(RegisterException.class, () -> file.save(next, lock, NOW_MS));
        assertTrue(ex.getMessage().startsWith(path + ": cannot be saved ("), ex.getMessage());
        assertArrayEquals(before, Files.readAllBytes(path));
        assertEquals(1, file.register().generation());

        Files.delete(inTheWay);
        assertEquals(2, file.save(next, lock, NOW_MS).generation());
    }

    @Test
    void shouldLeaveTheFileAsItIsWhenTheTokenDoesNotAnswer() throws Exception
    {
        final RegisterFile file = RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
        final byte[] before = Files.readAllBytes(path);
        final Path second = temporary.resolve("second.jsonl");
        final RegisterSeal lost = (text) ->
        {
            throw new RegisterException("token trading is lost");
        };
        try (RegisterLock other = RegisterLock.acquire(second))
        {
            assertThrows(RegisterException.class,
                () -> RegisterFile.create(second, lost, other, file.register(), NOW_MS));
        }
        assertFalse(Files.exists(second));
        assertThrows(RegisterException.class, () -> RegisterFile.open(path, lost));
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    @Test
    void shouldWriteEachTimeInOneFormOnly()
    {
        for (final long timeMs : new long[]{ 0, 1, 999, 951_782_400_000L, NOW_MS + 7, KeyTimes.MAX_MS })
        {
            assertEquals(timeMs, TimeFormat.parse(TimeFormat.format(timeMs)));
            assertEquals(timeMs, Instant.parse(TimeFormat.format(timeMs)).toEpochMilli());
        }
        for (final String text : List.of("", "2026-11-30T19:00:00Z", "2026-11-30T24:00:00.000Z",
            "2026-02-29T00:00:00.000Z", "2026-11-30T19:00:60.000Z", "2026-13-30T19:00:00.000Z",
            "2026-11-30 19:00:00.000Z", "2026-11-30T19:00:00.000z", "1969-12-31T23:59:59.999Z",
            "2026-11-30T19:00:00.00\u0660Z"))
        {
            assertEquals(-1, TimeFormat.parse(text), text);
        }
    }

    private void assertOpens(final String refusal)
    {
        final RegisterException ex = assertThrows(RegisterException.class, () -> RegisterFile.open(path, seal));
        assertTrue(ex.getMessage().startsWith(path + ": ") && ex.getMessage().contains(refusal), ex.getMessage());
    }

    private static String withoutMac(final String line)
    {
        return line.substring(0, line.length() - 66);
    }

    private static String hex(final byte[] bytes)
    {
        return HexFormat.of().formatHex(bytes);
    }
}
