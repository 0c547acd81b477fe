package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.RejectedException;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.hsm.SoftHsmFixture;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The session of docs/keys.md from an empty token to a restored key, as it stands there: each command in a process of
 * its own, at gateways in others.
 */
@Timeout(900)
@Tag("soak")
class ManagedKeysProcessTest
{
    private static final String HEADING = "One session, from an empty token to a restored key";
    private static final Path SHOWN_MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final Pattern ORDER =
        Pattern.compile("# an order with (\\S+) is (?:signed by version ([0-9]+)|refused: (\\S+))");

    /** Progress, which comes when it comes. */
    private static final Pattern PROGRESS =
        Pattern.compile("countersign: (this one-time code of .* was used before: taking the next|waiting [0-9]+ s .*)");

    private final List<String> transcript = new ArrayList<>();
    private Path directory;
    private Path temporary;
    private CommandShell shell;
    private GatewayJvm gateway;
    private Path at;

    @BeforeEach
    void before() throws Exception
    {
        directory = Path.of("target", "processes", ManagedKeysProcessTest.class.getSimpleName()).toAbsolutePath();
        IoUtil.delete(directory.toFile(), true);
        temporary = Files.createDirectories(directory.resolve("tmp"));
        // Claims the directory of the tokens for this process.
        SoftHsmFixture.modulePath();
        SoftHsmFixture.create();
        shell = new CommandShell(directory, temporary);
    }

    @AfterEach
    void after() throws Exception
    {
        shell.close();
        if (null != gateway)
        {
            gateway.close();
        }
        Files.write(directory.resolve("transcript"), transcript);
    }

    @Test
    void shouldDoWhatTheDocumentationSays() throws Exception
    {
        final Path page = Path.of(System.getProperty("countersign.root"), "docs", "keys.md");
        for (final DocumentedSession.Step step : DocumentedSession.read(page, HEADING))
        {
            transcript.add("$ " + step.command().replace("\n", "\n> "));
            if (step.command().startsWith("countersign-gateway "))
            {
                start(Path.of(step.command().split(" ")[1]));
            }
            else if (step.command().startsWith("kill %1"))
            {
                if (at.endsWith("spare"))
                {
                    assertRefusals();
                }
                assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
            }
            else if (step.command().startsWith("# "))
            {
                order(step.command());
            }
            else
            {
                run(step);
            }
        }
    }

    private void run(final DocumentedSession.Step step)
    {
        final CommandShell.Result result = shell.run(
            step.command().replace(SHOWN_MODULE.toString(), SoftHsmFixture.modulePath().toString()));
        transcript.addAll(result.lines());
        final List<String> lines = result.lines().stream()
            .filter((line) -> !PROGRESS.matcher(line).matches()).toList();
        assertEquals(step.masked(), lines.stream().map(DocumentedSession::masked).toList(), step::command);
        assertEquals(step.isFailing(), 0 != result.exitCode(), step::command);
    }

    private void start(final Path config)
    {
        at = directory.resolve(config).getParent();
        gateway = GatewayJvm.start(temporary, directory.resolve(config).toString());
        gateway.awaitReady();
    }

    /** Each as its user sees it: one line, and an exit code that says whose fault it is. */
    private void assertRefusals()
    {
        assertRefused(2, ".*passphrase.*", "keys list $(as kim | sed 's/kim.pass/olga.pass/')");
        assertRefused(1, "the gateway refused the command: OPERATOR_NOT_AUTHENTIC", "keys list $(as lea)");
        assertRefused(1, "the gateway refused the command: OPERATOR_NOT_AUTHENTIC: the code is wrong; 4 more .*",
            "keys backup --out none $(as kim | sed 's/--totp-file .*/--totp 000000/')");
        assertRefused(1, "the gateway refused the command: COMMAND_NOT_GRANTED: " +
            "'operators enroll' is not for a key-manager",
            "operators enroll max --role viewer --public-key $(cat lea.pub) $(as kim)");
        assertRefused(1, "the gateway refused the command: COMMAND_FAILED: .*",
            "keys activate --alias none $(as kim)");
    }

    private void assertRefused(final int exitCode, final String why, final String command)
    {
        final CommandShell.Result result = shell.run("countersign " + command);
        final List<String> lines = result.lines().stream()
            .filter((line) -> !PROGRESS.matcher(line).matches()).toList();
        transcript.add("$ countersign " + command);
        transcript.addAll(result.lines());
        assertEquals(1, lines.size(), () -> command + ": " + result);
        assertTrue(lines.getFirst().matches("countersign: " + why), () -> command + ": " + result);
        assertEquals(exitCode, result.exitCode(), command);
    }

    private void order(final String comment) throws Exception
    {
        final Matcher matcher = ORDER.matcher(comment);
        assertTrue(matcher.matches(), comment);
        final String key = matcher.group(1);
        try (BlockingClient bot = BlockingClient.connect(new CountersignClient.Context()
            .aeronDirectoryName(at.resolve("aeron").toString())
            .principal("maker")
            .apiKeyFile(at.resolve("maker.key"))
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))
            .connectTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
        {
            if (null != matcher.group(3))
            {
                assertEquals(matcher.group(3),
                    assertThrows(RejectedException.class, () -> order(bot, key)).reason().name(), comment);
            }
            else
            {
                verify(order(bot, key), key, matcher.group(2));
            }
        }
    }

    private static SignedRequest order(final BlockingClient bot, final String key)
    {
        return bot.newOrder((order) -> order.key(key).symbol("LTCBTC").side(Side.BUY).orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC).quantity("1").price("1"));
    }

    /** By the public key that the register has, or by the secret that was imported. */
    private void verify(final SignedRequest signed, final String key, final String version) throws Exception
    {
        final String query = signed.query();
        final byte[] payload = query.substring(0, query.indexOf("&signature=")).getBytes(StandardCharsets.US_ASCII);
        final String entry = Files.readAllLines(at.resolve("register.jsonl")).stream()
            .filter((line) -> line.startsWith("{\"key\":\"" + key + "\",\"version\":" + version + ","))
            .findFirst().orElseThrow();
        final Matcher publicKey = Pattern.compile("\"public-key\":\"([^\"]+)\"").matcher(entry);
        if (publicKey.find())
        {
            final Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey.group(1)))));
            verifier.update(payload);
            assertTrue(verifier.verify(Base64.getDecoder().decode(signed.signature())), "signed by another version");
        }
        else
        {
            assertEquals(
                HexFormat.of().formatHex(HmacSha256.mac(ProcessFixture.secret(), payload)), signed.signature());
        }
    }
}
