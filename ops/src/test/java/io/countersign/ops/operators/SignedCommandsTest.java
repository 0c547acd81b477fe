package io.countersign.ops.operators;

import io.countersign.client.ScriptedGateway;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.ops.CommandRun;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.*;

/** What the commands send, at a gateway that does nothing but answer. */
@Timeout(120)
class SignedCommandsTest
{
    private static final String PASSPHRASE = "a passphrase for this test";
    private static final String DIGEST = "5f".repeat(32);

    @TempDir
    private Path temporary;
    private final ScriptedGateway gateway = new ScriptedGateway();
    private byte[] publicKey;
    private Path keyFile;

    @BeforeEach
    void before() throws IOException
    {
        gateway.maxFrameLength = 4_096;
        answer();
        secret("anna.key", ScriptedGateway.apiKeyText());
        secret("passphrase", PASSPHRASE.getBytes(StandardCharsets.US_ASCII));
        keyFile = temporary.resolve("anna.pem");
        publicKey = OperatorKeyFile.create(keyFile, PASSPHRASE.toCharArray());
    }

    @AfterEach
    void after()
    {
        gateway.close();
    }

    @Test
    void shouldSignWhatAnOperatorMeans() throws Exception
    {
        assertSends("command switch on\nsubject principal\nname maker\nreach all-but-cancels\ncomment runs wild\n",
            "switch", "on", "--principal", "maker", "--comment", "runs wild");
        assertSends("command switch off\nsubject all\nreach cancels\n", "switch", "off", "--all", "--cancels");
        assertSends("command switch list\n", "switch", "list");
        assertSends("command policy reload\ntrial no\ncomment more\n", "policy", "reload", "--comment", "more");
        assertSends("command policy reload\ntrial yes\n", "policy", "reload", "--trial");
        assertSends("command execution enable\nprincipal maker\nrule small\n", "execution", "enable", "maker", "small");
        assertSends("command operators list\n", "operators", "list");
        assertSends("command operators proposals\n", "operators", "proposals");
        final String key = Base64.getEncoder().encodeToString(publicKey);
        assertSends("command operators enroll\nname bert\nrole auditor\npublic-key " + key + "\n",
            "operators", "enroll", "bert", "--role", "auditor", "--public-key", key);
        assertSends("command operators remove\nname bert\n", "operators", "remove", "bert");
        assertSends("command operators unlock\nname bert\ncomment it is he\n",
            "operators", "unlock", "bert", "--comment", "it is he");
        assertSends("command operators approve\nproposal 17\ndigest " + DIGEST + "\n",
            "operators", "approve", "17", "--digest", DIGEST.toUpperCase(Locale.ROOT));
        assertSends("command keys list\n", "keys", "list");
    }

    @Test
    void shouldSignWhatAnOperatorMeansForKeys() throws Exception
    {
        assertSends("command keys activate\nalias main\nversion 2\napi-key PUBLIC\nat 2026-12-01T05:00:00Z\n",
            "keys", "activate", "--alias", "main", "--key-version", "2", "--api-key", "PUBLIC",
            "--at", "2026-12-01T06:00:00+01:00");
        assertSends("command keys activate\nalias main\noverlap PT24H\n",
            "keys", "activate", "--alias", "main", "--overlap", "PT24H");
        assertSends("command keys rotate\nalias main\n", "keys", "rotate", "--alias", "main");
        assertSends("command keys rotate\nalias main\napi-key P\nat 2026-12-01T05:00:00Z\noverlap PT168H\n",
            "keys", "rotate", "--alias", "main", "--overlap", "7d", "--at", "2026-12-01T05:00:00Z", "--api-key", "P");
        assertSends("command keys suspend\nalias main\n", "keys", "suspend", "--alias", "main");
        assertSends("command keys revoke\nalias main\ncomment stolen\n",
            "keys", "revoke", "--alias", "main", "--comment", "stolen");
        assertSends("command keys destroy\nalias main\nversion 1\n",
            "keys", "destroy", "--alias", "main", "--key-version", "1");
        assertSends("command keys generate\nalias main\nalgorithm Ed25519\nvenue binance-spot\nrecoverable yes\n" +
            "high-value no\n",
            "keys", "generate", "--alias", "main", "--algorithm", "Ed25519", "--venue", "binance-spot",
            "--recoverable");
        assertSends("command keys generate\nalias main\nrecoverable no\nhigh-value no\n",
            "keys", "generate", "--alias", "main");
        assertSends("command keys register\nalias okx\nversion 3\ntoken hot\nid 0a\nalgorithm HMAC-SHA256\n" +
            "check-value 00112233445566778899aabbccddeeff\nvenue okx-v5\napi-key P\nrecoverable no\nhigh-value yes\n",
            "keys", "register", "--alias", "okx", "--id", "0A", "--algorithm", "HMAC-SHA256", "--check-value",
            "00112233445566778899aabbccddeeff", "--venue", "okx-v5", "--api-key", "P", "--token", "hot",
            "--high-value", "--key-version", "3");
    }

    @Test
    void shouldImportAndThenRegister() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final Path venueSecret = secret("venue-secret", "a venue's secret".getBytes(StandardCharsets.US_ASCII));
        final String[] command = {"keys", "import", "--module", SoftHsmFixture.modulePath().toString(),
            "--token", token.tokenLabel(), "--pin-file", token.pinFile().toString(), "--alias", "okx", "--id", "0b",
            "--algorithm", "HMAC-SHA256", "--secret-file", venueSecret.toString(), "--venue", "okx-v5"};
        final CommandRun run = signed(command);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("so it is", "registered, record 42"), run.lines());
        final String sent = lastCommand();
        assertTrue(sent.startsWith("command keys register\nalias okx\nid 0b\nalgorithm HMAC-SHA256\n" +
            "check-value "), sent);
        assertTrue(sent.endsWith("\nvenue okx-v5\nrecoverable no\nhigh-value no\n"), sent);

        gateway.script = (bot, templateId, requestId) -> bot.reject(requestId, Reason.COMMAND_FAILED, "");
        final int index = Arrays.asList(command).indexOf("0b");
        command[index] = "0c";
        final CommandRun refused = signed(command);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("the key is in the token, but in no register"), refused.err());
        assertTrue(refused.lines().contains("    id: \"0c\""), refused.out());
    }

    @Test
    void shouldApproveWhatItHasSeen() throws Exception
    {
        answer("proposal 16 digest " + "00".repeat(32) + " by olga until 2026-11-30T20:00:00Z: operators remove name x",
            "proposal 17 digest " + DIGEST + " by olga until 2026-11-30T20:00:00Z: keys destroy alias main");
        final CommandRun run = signed("operators", "approve", "17", "--yes");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("proposal 17 digest " + DIGEST + " by olga until 2026-11-30T20:00:00Z: keys destroy alias main",
            run.err().strip());
        assertEquals("command operators approve\nproposal 17\ndigest " + DIGEST + "\n", lastCommand());
        assertEquals(List.of(0, 123_456), frames().stream().map(SignedCommandDecoder::totp).toList());
        final CommandRun none = signed("operators", "approve", "18", "--yes");
        assertEquals(1, none.exitCode());
        assertTrue(none.error().contains("there is no proposal 18"), none.err());
    }

    @Test
    void shouldTakeTheNextCodeWhereAnotherRunHasUsedOne() throws Exception
    {
        final List<Integer> codes = new ArrayList<>();
        gateway.script = (bot, templateId, requestId) ->
        {
            codes.add(frames().getLast().totp());
            if (1 == codes.size())
            {
                bot.sayLines(requestId, "the code was used before: wait for the next one");
                bot.reject(requestId, Reason.OPERATOR_NOT_AUTHENTIC, "");
            }
            else
            {
                bot.answerCommand(requestId, "so it is");
            }
        };
        final byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        secret("totp", TimeBasedCode.base32(secret).getBytes(StandardCharsets.US_ASCII));
        final Object[] command = {"keys", "revoke", "--alias", "main", "--operator-key", keyFile,
            "--passphrase-file", temporary.resolve("passphrase"), "--totp-file", temporary.resolve("totp")};
        final CommandRun run = run(command);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("countersign: this one-time code of anna was used before: taking the next", run.error());
        final long step = TimeBasedCode.step(System.currentTimeMillis());
        assertTrue(codes.equals(List.of(TimeBasedCode.of(secret, step), TimeBasedCode.of(secret, step + 1))) ||
            codes.equals(List.of(TimeBasedCode.of(secret, step - 1), TimeBasedCode.of(secret, step))));

        codes.clear();
        final CommandRun typed = signed("keys", "revoke", "--alias", "main");
        assertEquals(1, typed.exitCode());
        assertTrue(typed.error().matches("countersign: the gateway refused the command: this one-time code of anna " +
            "was used before: wait ([12]?[0-9]|30) seconds for the next one, then give the command again"),
            typed.err());
        codes.clear();
        gateway.script = (bot, templateId, requestId) ->
        {
            bot.sayLines(requestId, "the code is wrong; 4 more wrong ones lock anna");
            bot.reject(requestId, Reason.OPERATOR_NOT_AUTHENTIC, "");
        };
        assertTrue(signed("keys", "revoke", "--alias", "main").error().endsWith(
            "OPERATOR_NOT_AUTHENTIC: the code is wrong; 4 more wrong ones lock anna"));
    }

    @Test
    void shouldTellAProposalFromADeed()
    {
        answer("proposed as 17");
        assertEquals(List.of("proposed as 17", "not done yet, record 42"),
            signed("keys", "destroy", "--alias", "main").lines());
    }

    @Test
    void shouldSignWithAKeyInAToken() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec key = token.generateKeyPair("anna", SigningAlgorithm.ED25519);
        publicKey = key.pinned();
        final CommandRun run = run("keys", "list", "--totp", "123456",
            "--operator-key-module", SoftHsmFixture.modulePath(), "--operator-key-token", token.tokenLabel(),
            "--operator-key-id", HexFormat.of().formatHex(key.id()), "--operator-key-pin-file", token.pinFile());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("command keys list\n", lastCommand());
        final CommandRun missing = run("keys", "list", "--totp", "123456",
            "--operator-key-module", SoftHsmFixture.modulePath(), "--operator-key-token", token.tokenLabel(),
            "--operator-key-id", "7e", "--operator-key-pin-file", token.pinFile());
        assertEquals(3, missing.exitCode(), missing.err());
    }

    @Test
    void shouldWriteABackupAndSayWhatIsNotInIt() throws Exception
    {
        final String wrapped = Base64.getEncoder().encodeToString(new byte[43]);
        answer("{\"recovery\":\"hot\",\"id\":\"c9\",\"check-value\":\"a1\",\"threshold\":2}",
            "wrapped main 1 " + wrapped.substring(0, 20), "wrapped main 1 " + wrapped.substring(20),
            "{\"key\":\"main\",\"version\":1,\"algorithm\":\"Ed25519\"}");
        final Path file = temporary.resolve("backup");
        final CommandRun run = signed("keys", "backup", "--out", file.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("1 keys in " + file + ", record 42"), run.lines());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("command keys backup\n", lastCommand());
        final CommandRun again = signed("keys", "backup", "--out", file.toString());
        assertEquals(2, again.exitCode());

        answer("not recoverable: key okx version 1: made without --recoverable");
        final CommandRun missing =
            signed("keys", "backup", "--alias", "okx", "--out", temporary.resolve("other").toString());
        assertEquals(1, missing.exitCode());
        assertTrue(missing.out().startsWith("not recoverable: key okx version 1"), missing.out());
        assertTrue(missing.error().contains("1 keys are not recoverable"), missing.err());
    }

    @Test
    void shouldSayWhatIsMissingOnTheCommandLine() throws Exception
    {
        assertUsage("goes signed only", run("keys", "revoke", "--alias", "main"));
        assertUsage("a one-time code goes with signed commands", run("switch", "list", "--totp", "123456"));
        assertUsage("there is no one-time code", run("switch", "on", "--all", "--operator-key", keyFile,
            "--passphrase-file", temporary.resolve("passphrase")));
        assertUsage("6 digits", signed("switch", "list", "--totp", "12345"));
        assertUsage("--overlap goes with --at", signed("keys", "rotate", "--alias", "main", "--overlap", "24h"));
        assertUsage("--at and --api-key go together",
            signed("keys", "rotate", "--alias", "main", "--at", "2026-12-01T05:00:00Z"));
        assertUsage("no terminal to ask for the passphrase", run("switch", "list", "--operator-key", keyFile));
        assertUsage("needs all of", run("switch", "list", "--operator-key-id", "01"));
        assertUsage("two keys", signed("switch", "list", "--operator-key-id", "01"));
        assertUsage("no SHA-256", signed("operators", "approve", "1", "--digest", "5f"));
        assertUsage("is no role", signed("operators", "enroll", "x", "--role", "boss", "--public-key", "x"));
        assertUsage("no public key of Ed25519",
            signed("operators", "enroll", "x", "--role", "auditor", "--public-key", "MCowBQYDK2VwAyEA"));
        assertUsage("is no time", signed("keys", "activate", "--alias", "main", "--at", "tomorrow"));
        assertUsage("is no duration", signed("keys", "activate", "--alias", "main", "--overlap", "1w"));
        assertUsage("control characters", signed("keys", "revoke", "--alias", "main", "--comment", "a\nb"));
        assertUsage("expected 1 or more", signed("keys", "revoke", "--alias", "main", "--key-version", "0"));
        assertUsage("the gateway chooses --id", signed("keys", "generate", "--alias", "main", "--algorithm",
            "Ed25519", "--id", "01"));
        assertUsage("go with --operator", CommandRun.of("keys", "list", "--comment", "x"));
        assertUsage("which is not given", CommandRun.of("keys", "generate", "--alias", "main", "--algorithm",
            "Ed25519", "--id", "01", "--recoverable"));
        assertUsage("wants --check-value", signed("keys", "register", "--alias", "x", "--id", "01",
            "--algorithm", "HMAC-SHA256", "--public-key", "eA=="));
        assertTrue(frames().isEmpty());
    }

    private void assertSends(final String text, final String... command) throws Exception
    {
        final CommandRun run = signed(command);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("so it is", run.lines().getFirst());
        assertEquals(text, lastCommand());
    }

    private static void assertUsage(final String complaint, final CommandRun run)
    {
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.error().contains(complaint), run.err());
    }

    private void answer(final String... lines)
    {
        final String[] said = 0 == lines.length ? new String[]{"so it is"} : lines;
        gateway.script = (bot, templateId, requestId) -> bot.answerCommand(requestId, said);
    }

    private CommandRun signed(final String... command)
    {
        final List<Object> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--operator-key", keyFile, "--passphrase-file", temporary.resolve("passphrase")));
        final int given = args.indexOf("--totp");
        args.addAll(given < 0 ? args.size() : given, List.of("--totp", "123456"));
        return run(args.toArray());
    }

    private CommandRun run(final Object... command)
    {
        final List<Object> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--aeron-dir", gateway.aeronDirectoryName(), "--operator", "anna", "--api-key-file",
            temporary.resolve("anna.key")));
        return CommandRun.of(args.toArray());
    }

    private List<SignedCommandDecoder> frames()
    {
        return gateway.frames.stream()
            .map(UnsafeBuffer::new)
            .filter((frame) -> SignedCommandDecoder.TEMPLATE_ID == WireFrame.templateId(frame, 0))
            .map((frame) -> new SignedCommandDecoder().wrapAndApplyHeader(frame, 0, new MessageHeaderDecoder()))
            .collect(Collectors.toList());
    }

    private String lastCommand() throws GeneralSecurityException
    {
        final SignedCommandDecoder decoder = frames().getLast();
        final byte[] signature = new byte[SignedCommandDecoder.signatureLength()];
        decoder.getSignature(signature, 0, signature.length);
        final String command = decoder.command();
        final Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
        verifier.update(("countersign command, version 1\nsession " + decoder.sessionId() + "\nrequest " +
            decoder.requestId() + "\ndeadline " + decoder.deadlineNs() + "\n" + command)
            .getBytes(StandardCharsets.UTF_8));
        assertTrue(verifier.verify(signature));
        return command;
    }

    private Path secret(final String name, final byte[] content) throws IOException
    {
        final Path file = Files.write(temporary.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
