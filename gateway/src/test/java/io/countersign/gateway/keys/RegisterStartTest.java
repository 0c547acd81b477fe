package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.OperatorClient;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.register.RegisterException;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a start makes of a register that somebody has touched while the gateway stood still.
 */
@Timeout(180)
class RegisterStartTest
{
    private RegisterFixture fixture;
    private Path copies;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new RegisterFixture(List.of(), (token) -> List.of(
            RegisterFixture.active(token, "main", 1), RegisterFixture.preActive(token, "main", 2)));
        copies = Files.createDirectories(fixture.gateway().directory().resolve("copies"));
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldRefuseARegisterThatIsNotAsItWasLeft() throws Exception
    {
        fixture.launch();
        keep("old");
        fixture.give(fixture.ben, CommandText.of("keys revoke").with("alias", "main").with("version", "1"));
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!KeyJournal.read(fixture.gateway().journal()).saved.contains(2L))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not saved");
        }
        fixture.stop();
        keep("new");

        final List<String> lines = Files.readAllLines(fixture.file());
        Files.writeString(fixture.file(), Files.readString(fixture.file()).replaceFirst("revoked", "active"));
        assertRefused("register.jsonl:2: key main version 1", "edited");
        Files.write(fixture.file(), without(lines, 2));
        assertRefused("register.jsonl:");
        Files.write(fixture.file(), lines.subList(0, lines.size() - 1));
        assertRefused("register.jsonl:1:");
        put("old");
        assertRefused("rolled back", "key main version 1");

        final Path journal = fixture.gateway().journal();
        Files.move(journal, copies.resolve("journal"));
        assertRefused("rolled back", "the token");
        IoUtil.delete(journal.toFile(), true);
        Files.move(copies.resolve("journal"), journal);

        fixture.loseAnchor();
        assertRefused("rolled back", "the journal knows", "key main version 1");

        put("new");
        Files.setPosixFilePermissions(fixture.file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("register.jsonl", "600");
        Files.delete(fixture.file());
        assertRefused("register.jsonl", "countersign init");
    }

    @Test
    void shouldHaveOneGatewayAtATime() throws Exception
    {
        fixture.launch();
        fixture.atRegister((config, connection) -> assertTrue(assertThrows(
            RegisterException.class,
            () -> OpenRegister.open(config.register(), connection, new RegisterHistory()))
            .getMessage().contains("in use")));
    }

    @Test
    void shouldTakeSignedCommandsOnlyAndKeepALockOverAStart() throws Exception
    {
        fixture.launch();
        try (OperatorClient anna = fixture.connect(fixture.anna))
        {
            final Reason reason = assertThrows(CommandRefusedException.class, () -> anna.setSwitch(
                SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, "", "unsigned")).reason();
            assertEquals(Reason.COMMAND_NOT_SIGNED, reason);
        }
        try (OperatorClient kim = fixture.connect(fixture.kim))
        {
            for (int i = 0; i < 5; i++)
            {
                final CommandText text = CommandText.of("keys suspend").with("alias", "main").with("version", "1");
                assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, assertThrows(CommandRefusedException.class,
                    () -> kim.give(text, fixture.kim, fixture.kim.wrongCode())).reason());
            }
        }
        fixture.stop();
        fixture.launch();
        final CommandRefusedException locked = fixture.refused(fixture.kim, CommandText.of("keys list"));
        assertTrue(locked.lines().getFirst().startsWith("kim is locked"), locked.lines()::toString);
        try (BlockingClient bot = fixture.bot())
        {
            KeyRoadTest.order(bot, "main");
        }
    }

    private void keep(final String name) throws Exception
    {
        Files.copy(fixture.file(), copies.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void put(final String name) throws Exception
    {
        Files.copy(copies.resolve(name), fixture.file(), StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> without(final List<String> lines, final int line)
    {
        final List<String> others = new ArrayList<>(lines);
        others.remove(line - 1);
        return others;
    }

    private void assertRefused(final String... parts)
    {
        final String message = assertThrows(ConfigException.class, fixture::launch).getMessage();
        for (final String part : parts)
        {
            assertTrue(message.contains(part), message);
        }
    }
}
