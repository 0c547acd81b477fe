package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.RegisterMark;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenProvisioner;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway that ends between the record of a revocation and the record that the register is saved: with what was on
 * the disk and in the token at each of the points in between.
 */
@Timeout(180)
class RegisterCrashTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private RegisterFixture fixture;
    private Path old;
    private Path saved;
    private Path journal;
    private RegisterMark oldMark;
    private RegisterMark savedMark;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new RegisterFixture(List.of(), (token) -> List.of(
            RegisterFixture.active(token, "main", 1), RegisterFixture.preActive(token, "main", 2)));
        old = fixture.gateway().directory().resolve("old.jsonl");
        saved = fixture.gateway().directory().resolve("saved.jsonl");
        journal = fixture.gateway().directory().resolve("journal-before-saved");
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldNeverLoseARevocation() throws Exception
    {
        revokeAndKeepWhatWasThere();
        assertRevoked("recorded, not saved", old, oldMark);
        assertRevoked("saved, the token does not know", saved, oldMark);
        assertRevoked("saved, the journal does not know", saved, savedMark);
    }

    /** With the register key away nothing can be saved. */
    private void revokeAndKeepWhatWasThere() throws Exception
    {
        oldMark = fixture.read().mark();
        copy(fixture.file(), old);
        fixture.launch();
        final KeySpec registerKey = ConfigReader.read(fixture.gateway().config()).register().key();
        try (RawToken token = new RawToken(fixture.gateway().token()))
        {
            token.destroy(registerKey);
        }
        fixture.give(fixture.ben, CommandText.of("keys suspend").with("alias", "main").with("version", "1"));
        fixture.give(fixture.ben, CommandText.of("keys revoke").with("alias", "main").with("version", "1"));
        copyAll(fixture.gateway().journal(), journal);
        assertEquals(-1, Files.mismatch(fixture.file(), old));
        try (TokenProvisioner provisioner = fixture.gateway().token().provisioner())
        {
            provisioner.importSecret(registerKey.id(), "register", SigningAlgorithm.HMAC_SHA256,
                RegisterFixture.REGISTER_SECRET.getBytes(StandardCharsets.US_ASCII));
        }
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (-1 == Files.mismatch(fixture.file(), old))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not saved");
            Thread.yield();
        }
        fixture.stop();
        savedMark = fixture.read().mark();
        assertEquals(oldMark.generation() + 1, savedMark.generation());
        copy(fixture.file(), saved);
    }

    private void assertRevoked(final String when, final Path file, final RegisterMark inToken) throws Exception
    {
        copy(file, fixture.file());
        IoUtil.delete(fixture.gateway().journal().toFile(), false);
        copyAll(journal, fixture.gateway().journal());
        fixture.loseAnchor();
        fixture.atRegister((config, connection) -> connection.tokenAnchor().write(
            inToken.generation(), HexFormat.of().parseHex(inToken.digest())));
        for (int life = 0; life < 2; life++)
        {
            fixture.launch();
            try (BlockingClient bot = fixture.bot())
            {
                assertEquals(Reason.KEY_REVOKED, KeyRoadTest.refusal(bot, "main"), when);
            }
            fixture.stop();
            assertEquals(savedMark.generation(), fixture.read().generation(), when);
            assertEquals(KeyState.REVOKED, fixture.read().key("main", 1).state(), when);
        }
    }

    private static void copy(final Path from, final Path to) throws Exception
    {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copyAll(final Path from, final Path to) throws Exception
    {
        try (Stream<Path> files = Files.walk(from))
        {
            for (final Path file : files.toList())
            {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
