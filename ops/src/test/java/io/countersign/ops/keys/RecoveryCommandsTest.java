package io.countersign.ops.keys;

import io.countersign.client.ScriptedGateway;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.hsm.PinSource;
import io.countersign.ops.CommandRun;
import io.countersign.ops.OwnerFile;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

/** A recovery key, a backup, and a token that gets the keys back; the gateway only answers. */
@Timeout(120)
class RecoveryCommandsTest
{
    @TempDir
    private Path temporary;
    private final ScriptedGateway gateway = new ScriptedGateway();
    private SoftHsmFixture token;
    private KeySpec mac;
    private KeySpec ecdsa;
    private Path backup;

    @BeforeEach
    void before() throws Exception
    {
        gateway.maxFrameLength = 4_096;
        token = SoftHsmFixture.create();
        backup = temporary.resolve("keys.backup");
        Files.createDirectory(temporary.resolve("shares"));
        secret("anna.key", ScriptedGateway.apiKeyText());
        secret("passphrase", "a passphrase for this test".getBytes(StandardCharsets.US_ASCII));
        answer("known");
        final CommandRun run = CommandRun.of("operators", "new-key", "--out", temporary.resolve("anna.pem"),
            "--passphrase-file", temporary.resolve("passphrase"));
        assertEquals(0, run.exitCode(), run.err());
    }

    @AfterEach
    void after()
    {
        gateway.close();
    }

    @Test
    void shouldRestoreIntoAnotherToken() throws Exception
    {
        final CommandRun made = recovery(2, 3);
        assertEquals(0, made.exitCode(), made.err());
        final List<Path> shares = shares();
        assertEquals(3, shares.size());
        for (final Path share : shares)
        {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(share)));
        }
        final String sent = lastCommand();
        assertTrue(sent.matches("command keys recovery\nid [0-9a-f]{16}\ncheck-value [0-9a-f]{32}\nthreshold 2\n" +
            "shares 3\n"), sent);
        final String id = sent.lines().skip(1).findFirst().orElseThrow().substring(3);
        backUp(HexFormat.of().parseHex(id), sent.lines().skip(2).findFirst().orElseThrow().substring(12));

        final SoftHsmFixture empty = SoftHsmFixture.create();
        final CommandRun tooFew = restore(empty, shares.subList(0, 1));
        assertEquals(2, tooFew.exitCode());
        assertTrue(tooFew.error().contains("it takes 2"), tooFew.err());
        final CommandRun restored = restore(empty, shares.subList(1, 3));
        assertEquals(0, restored.exitCode(), restored.err());
        assertTrue(restored.err().contains("key okx version 1 is in the token"), restored.err());
        assertTrue(restored.out().contains("  - alias: okx\n    version: 1\n    id: \"0a01\"\n    algorithm: " +
            "HMAC-SHA256\n    check-value: \"" + HexFormat.of().formatHex(mac.pinned()) +
            "\"\n    venue: \"okx-v5\"\n"), restored.out());
        try (TokenInventory inventory = TokenInventory.open(
            SoftHsmFixture.modulePath(), empty.tokenLabel(), null, PinSource.file(empty.pinFile())))
        {
            inventory.prove(mac);
            inventory.prove(ecdsa);
        }

        // Again, and told to the gateway now: what is there already is proven and left as it is.
        answer("proposed as 5");
        final CommandRun proposed = restore(empty, shares.subList(0, 2), operator(2));
        assertEquals(0, proposed.exitCode(), proposed.err());
        assertTrue(proposed.err().contains("key okx version 1 was in the token already"), proposed.err());
        assertEquals(List.of("proposed as 5", "not done yet, record 42", "proposed as 5", "not done yet, record 42"),
            proposed.lines());
        assertEquals("command keys restore\nalias wallet\nversion 2\nid 0a02\nalgorithm ECDSA-secp256k1-SHA256\n" +
            "public-key " + Base64.getEncoder().encodeToString(ecdsa.pinned()) + "\nstate active\nrecoverable yes\n" +
            "parameters {\"vault\":\"0x01\"}\n", lastCommand());
    }

    @Test
    void shouldRefuseABackupOrSharesThatDoNotFit() throws Exception
    {
        assertEquals(0, recovery(2, 2).exitCode());
        final List<String> fields = lastCommand().lines().toList();
        backUp(HexFormat.of().parseHex(fields.get(1).substring(3)), fields.get(2).substring(12));
        final List<Path> shares = shares();
        final SoftHsmFixture empty = SoftHsmFixture.create();

        Files.createDirectory(temporary.resolve("other"));
        assertEquals(0, recovery(2, 2, "other").exitCode());
        try (Stream<Path> files = Files.list(temporary.resolve("other")))
        {
            final CommandRun others = restore(empty, files.toList());
            assertEquals(2, others.exitCode());
            assertTrue(others.error().contains("are of another recovery key"), others.err());
        }

        final String text = Files.readString(backup);
        for (final String changed : List.of(text.replace("okx-v5", "okx-v6"), text.substring(0, text.length() - 80),
            text + "\n", ""))
        {
            Files.writeString(backup, changed);
            final CommandRun run = restore(empty, shares);
            assertEquals(2, run.exitCode());
            assertTrue(run.error().contains("backup " + backup), run.err());
        }
        try (TokenInventory inventory = TokenInventory.open(
            SoftHsmFixture.modulePath(), empty.tokenLabel(), null, PinSource.file(empty.pinFile())))
        {
            assertEquals(List.of(), inventory.keys());
        }
    }

    @Test
    void shouldMakeNothingWhereSomethingIsMissing() throws Exception
    {
        assertEquals(2, recovery(1, 3).exitCode());
        assertEquals(2, recovery(4, 3).exitCode());
        assertEquals(2, recovery(2, 17).exitCode());
        assertEquals(2, recovery(2, 3, "nowhere").exitCode());
        final CommandRun alone = CommandRun.of("keys", "recovery", "--module", SoftHsmFixture.modulePath(),
            "--token", token.tokenLabel(), "--pin-file", token.pinFile(), "--threshold", 2, "--shares", 3,
            "--out-directory", temporary.resolve("shares"));
        assertEquals(2, alone.exitCode());
        assertTrue(alone.error().contains("give --operator NAME"), alone.err());
        assertEquals(List.of(), shares());
    }

    /** As a gateway answers, with keys that this token wraps. */
    private void backUp(final byte[] wrappingId, final String checkValue) throws Exception
    {
        final List<String> lines = new ArrayList<>();
        try (TokenProvisioner provisioner = token.provisioner())
        {
            final byte[] checked = provisioner.importSecret(new byte[]{10, 1}, "okx", SigningAlgorithm.HMAC_SHA256,
                "a venue's secret".getBytes(StandardCharsets.US_ASCII), true);
            mac = new KeySpec("okx", 1, new byte[]{10, 1}, SigningAlgorithm.HMAC_SHA256, checked, true);
            final byte[] publicKey = provisioner.keys().generateKeyPair(
                new byte[]{10, 2}, "wallet", SigningAlgorithm.ECDSA_SECP256K1, true);
            ecdsa = new KeySpec("wallet", 2, new byte[]{10, 2}, SigningAlgorithm.ECDSA_SECP256K1, publicKey, true);
            lines.add("wrapped okx 1 " + Base64.getEncoder().encodeToString(
                provisioner.keys().wrap(mac, wrappingId)));
            final String wallet =
                Base64.getEncoder().encodeToString(provisioner.keys().wrap(ecdsa, wrappingId));
            // As a gateway answers with a key that is long for one line.
            lines.add("wrapped wallet 2 " + wallet.substring(0, 60));
            lines.add("wrapped wallet 2 " + wallet.substring(60));
        }
        lines.add("{\"key\":\"okx\",\"version\":1,\"id\":\"0a01\",\"algorithm\":\"HMAC-SHA256\",\"check-value\":\"" +
            HexFormat.of().formatHex(mac.pinned()) + "\",\"venue\":\"okx-v5\",\"tag\":\"00\"}");
        lines.add("{\"key\":\"wallet\",\"version\":2,\"id\":\"0a02\",\"algorithm\":\"ECDSA-secp256k1-SHA256\"," +
            "\"public-key\":\"" + Base64.getEncoder().encodeToString(ecdsa.pinned()) + "\",\"state\":\"active\"," +
            "\"recoverable\":true,\"parameters\":{\"vault\":\"0x01\"},\"tag\":\"00\"}");
        lines.add("{\"recovery\":\"default\",\"id\":\"" + HexFormat.of().formatHex(wrappingId) +
            "\",\"check-value\":\"" + checkValue + "\",\"threshold\":2,\"shares\":3}");
        answer(lines.toArray(String[]::new));
        final List<Object> args = new ArrayList<>(List.of("keys", "backup", "--out", backup));
        args.addAll(operator(1));
        final CommandRun run = CommandRun.of(args.toArray());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("2 keys in " + backup + ", record 42", run.lines().getFirst());
    }

    private CommandRun recovery(final int threshold, final int shares)
    {
        return recovery(threshold, shares, "shares");
    }

    private CommandRun recovery(final int threshold, final int shares, final String directory)
    {
        final List<Object> args = new ArrayList<>(List.of("keys", "recovery", "--module", SoftHsmFixture.modulePath(),
            "--token", token.tokenLabel(), "--pin-file", token.pinFile()));
        args.addAll(List.of("--threshold", threshold, "--shares", shares,
            "--out-directory", temporary.resolve(directory)));
        args.addAll(operator(1));
        return CommandRun.of(args.toArray());
    }

    private CommandRun restore(final SoftHsmFixture into, final List<Path> shares)
    {
        return restore(into, shares, List.of());
    }

    private CommandRun restore(final SoftHsmFixture into, final List<Path> shares, final List<Object> more)
    {
        final List<Object> args = new ArrayList<>(List.of("keys", "restore", "--in", backup,
            "--module", SoftHsmFixture.modulePath(), "--token", into.tokenLabel(), "--pin-file", into.pinFile()));
        shares.forEach((share) -> args.addAll(List.of("--share", share)));
        args.addAll(more);
        return CommandRun.of(args.toArray());
    }

    private List<Object> operator(final int codes)
    {
        final List<Object> args = new ArrayList<>(List.of("--aeron-dir", gateway.aeronDirectoryName(),
            "--operator", "anna", "--api-key-file", temporary.resolve("anna.key")));
        args.addAll(List.of("--operator-key", temporary.resolve("anna.pem"),
            "--passphrase-file", temporary.resolve("passphrase")));
        for (int i = 0; i < codes; i++)
        {
            args.addAll(List.of("--totp", "12345" + i));
        }
        return args;
    }

    private void answer(final String... lines)
    {
        gateway.script = (bot, templateId, requestId) -> bot.answerCommand(requestId, lines);
    }

    private List<Path> shares() throws Exception
    {
        try (Stream<Path> files = Files.list(temporary.resolve("shares")))
        {
            return files.sorted().toList();
        }
    }

    private String lastCommand()
    {
        return gateway.frames.stream()
            .map(UnsafeBuffer::new)
            .filter((frame) -> SignedCommandDecoder.TEMPLATE_ID == WireFrame.templateId(frame, 0))
            .map((frame) -> new SignedCommandDecoder().wrapAndApplyHeader(frame, 0, new MessageHeaderDecoder()))
            .reduce((first, second) -> second).orElseThrow().command();
    }

    private void secret(final String name, final byte[] content)
    {
        OwnerFile.create(temporary.resolve(name), "file", content);
    }
}
