package io.countersign.gateway.register;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import static io.countersign.gateway.register.Entries.NOW_MS;
import static org.junit.jupiter.api.Assertions.*;

class RegisterAnchorTest
{
    @TempDir
    private Path temporary;
    private Path path;
    private RegisterLock lock;
    private RegisterFile file;
    private final MacSeal seal = new MacSeal(1);
    private final FakeAnchor anchor = new FakeAnchor();

    @BeforeEach
    void setUp() throws Exception
    {
        path = temporary.resolve("register.jsonl");
        lock = RegisterLock.acquire(path);
        file = RegisterFile.create(path, seal, lock, Entries.some(), NOW_MS);
    }

    @AfterEach
    void tearDown()
    {
        lock.close();
    }

    @Test
    void shouldTakeTheFileThatTheAnchorKnows() throws Exception
    {
        for (int i = 1; i < 4; i++)
        {
            save(i);
            anchor.write(file.register().mark());
            assertEquals(AnchorCheck.EQUAL, open().checkAnchor(anchor, List.of()));
        }
    }

    @Test
    void shouldBringTheAnchorUpAfterACrashBetweenFileAndAnchor() throws Exception
    {
        assertEquals(AnchorCheck.BROUGHT_UP, open().checkAnchor(anchor, List.of()), "the first file of all");
        assertEquals(file.register().mark(), anchor.mark);
        save(1);
        assertEquals(AnchorCheck.BROUGHT_UP, open().checkAnchor(anchor, List.of()));
        assertEquals(new RegisterMark(2, file.register().mark().digest()), anchor.mark);
        assertEquals(AnchorCheck.EQUAL, file.checkAnchor(anchor, List.of()));
        save(2);
        assertEquals(AnchorCheck.BROUGHT_UP, file.checkAnchor(anchor, List.of()), "without opening again");
    }

    @Test
    void shouldRefuseAFileThatWasRolledBack() throws Exception
    {
        final byte[] first = Files.readAllBytes(path);
        byte[] last = first;
        for (int generation = 2; generation <= 9; generation++)
        {
            last = Files.readAllBytes(path);
            save(generation);
        }
        anchor.write(file.register().mark());

        Files.write(path, last);
        assertEquals(path + ": rolled back: the file is generation 8, the token knows 9: restore generation 9 from a " +
            "backup", refusal(List.of()));
        Files.write(path, first);
        assertEquals(path + ": rolled back: the file is generation 1, the token knows 9: restore generation 9 from a " +
            "backup; changed since: key new version 2, operator carl",
            refusal(List.of("key new version 2", "operator carl")));
        final List<String> many = IntStream.range(0, 25).mapToObj((i) -> "key k version " + i).toList();
        assertTrue(refusal(many).endsWith(", key k version 19 and 5 more"), refusal(many));
        assertEquals(9, anchor.mark.generation());
    }

    @Test
    void shouldRefuseAFileThatIsNotTheAnchors() throws Exception
    {
        final Register base = file.register();
        final byte[] first = Files.readAllBytes(path);
        save(1);
        anchor.write(file.register().mark());

        // Another second generation from the same first one.
        Files.write(path, first);
        file = open();
        file.save(base.withKey(Entries.key("other", 1)), lock, NOW_MS);
        assertEquals(path + ": foreign: the file is generation 2, the token knows 2 by another digest: restore the " +
            "file that belongs to the token", refusal(List.of()));
        save(3);
        assertEquals(path + ": foreign: the file is generation 3, the token knows 2: restore the file that belongs " +
            "to the token", refusal(List.of()), "one above, but not after the one that it knows");
    }

    @Test
    void shouldRefuseAFileThatIsTwoAhead() throws Exception
    {
        anchor.write(file.register().mark());
        save(2);
        save(3);
        assertTrue(refusal(List.of()).contains("foreign: the file is generation 3, the token knows 1"));
    }

    @Test
    void shouldRefuseALaterFileWhereTheAnchorKnowsNone() throws Exception
    {
        save(2);
        assertEquals(path + ": foreign: the file is generation 2, the token knows none: restore the file that " +
            "belongs to the token", refusal(List.of()));
        assertNull(anchor.mark);
    }

    private void save(final int number) throws RegisterException
    {
        file.save(file.register().withKey(Entries.key("new", number)), lock, NOW_MS + number);
    }

    private RegisterFile open() throws RegisterException
    {
        return RegisterFile.open(path, seal);
    }

    private String refusal(final List<String> newer)
    {
        return assertThrows(RegisterException.class, () -> open().checkAnchor(anchor, newer)).getMessage();
    }
}
