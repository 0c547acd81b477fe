package io.countersign.perf.process;

import io.countersign.client.CountersignClient;
import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenException;
import org.agrona.IoUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Configuration, token, journal and driver directory of gateways in processes of their own, below target/.
 */
final class ProcessFixture implements AutoCloseable
{
    static final String SECRET = "the secret of a test key, which signs nothing of worth";
    private static final byte[] MASTER_SECRET = "the master key of these tests".getBytes(StandardCharsets.US_ASCII);

    static final String ORIGIN = "example.com/process";
    static final String HMAC_MAKER = "maker-hmac";
    static final String ED25519_MAKER = "maker-ed25519";

    private final Deque<GatewayJvm> started = new ArrayDeque<>();
    private final Path directory;
    private final SoftHsmFixture token;
    private final KeySpec hmac;
    private final KeySpec ed25519;
    private final String configText;

    ProcessFixture(final Class<?> test) throws TokenException
    {
        this(test, "");
    }

    /**
     * @param test         names the directory.
     * @param ingressLines more lines of the section {@code ingresses}, of its first item and on, each ended.
     */
    ProcessFixture(final Class<?> test, final String ingressLines) throws TokenException
    {
        directory = Path.of("target", "processes", test.getSimpleName()).toAbsolutePath();
        IoUtil.delete(directory.toFile(), true);
        token = SoftHsmFixture.create();
        hmac = token.importSecret("hmac", SigningAlgorithm.HMAC_SHA256, secret());
        ed25519 = token.generateKeyPair("ed25519", SigningAlgorithm.ED25519);
        final KeySpec master = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, MASTER_SECRET);
        configText = """
            gateway:
              ingresses:
                - name: ipc:bots
                  aeron-directory: aeron
            %s  journal-directory: journal
              idle: backoff
            token:
              module: %s
              label: %s
              pin-file: %s
            authentication:
              master-key: {alias: master, id: "%s", check-value: %s}
            keys:
              - alias: hmac
                id: "%s"
                algorithm: HMAC-SHA256
                check-value: %s
                venue: binance-spot
                api-key: first
              - alias: ed25519
                id: "%s"
                algorithm: Ed25519
                public-key: %s
                venue: binance-spot
                api-key: second
            policy: policy.yaml
            """.formatted(
            ingressLines,
            SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
            HexFormat.of().formatHex(master.id()), HexFormat.of().formatHex(master.pinned()),
            HexFormat.of().formatHex(hmac.id()), HexFormat.of().formatHex(hmac.pinned()),
            HexFormat.of().formatHex(ed25519.id()), Base64.getEncoder().encodeToString(ed25519.pinned()));
        write("gateway.yaml", configText);
        write("policy.yaml", """
            principals:
              - name: maker-hmac
                api-key-versions: [1]
                rules:
                  - name: trade
                    keys: [hmac]
                    operations: [new-order]
                    symbols: [LTCBTC]
                    max-quantity: 10
              - name: maker-ed25519
                api-key-versions: [1]
                rules:
                  - name: trade
                    keys: [ed25519]
                    operations: [new-order]
                    symbols: [LTCBTC]
                    max-quantity: 10
            """);
    }

    /** Has the journal sealed with a new key. */
    KeySpec seal(final SigningAlgorithm algorithm) throws TokenException
    {
        final KeySpec audit = token.generateKeyPair("audit", algorithm);
        write("gateway.yaml", configText + """
            audit:
              origin: %s
              key: {alias: audit, id: "%s", algorithm: %s, public-key: %s}
              checkpoints: checkpoints
            """.formatted(ORIGIN, HexFormat.of().formatHex(audit.id()), algorithm.configName(),
            Base64.getEncoder().encodeToString(audit.pinned())));
        return audit;
    }

    static byte[] secret()
    {
        return SECRET.getBytes(StandardCharsets.US_ASCII);
    }

    /** Starts a gateway with the configuration as it is; the fixture ends it if the test does not. */
    GatewayJvm start()
    {
        return start(config().toString());
    }

    GatewayJvm start(final String... arguments)
    {
        final GatewayJvm gateway = GatewayJvm.start(temporary(), arguments);
        started.push(gateway);
        return gateway;
    }

    GatewayJvm ready()
    {
        final GatewayJvm gateway = start();
        gateway.awaitReady();
        return gateway;
    }

    OrderBot hmacBot(final String name)
    {
        return new OrderBot(clientContext(HMAC_MAKER), "hmac", name);
    }

    OrderBot ed25519Bot(final String name)
    {
        return new OrderBot(clientContext(ED25519_MAKER), "ed25519", name);
    }

    CountersignClient.Context clientContext(final String principal)
    {
        final CountersignClient.Context context = new CountersignClient.Context();
        context.aeronDirectoryName(aeron().toString()).principal(principal)
            .apiKey(new ApiKey(1, apiSecret(principal)).text());
        return context;
    }

    /** What the token derives, computed without it. */
    static byte[] apiSecret(final String principal)
    {
        return HmacSha256.mac(
            MASTER_SECRET,
            "countersign API key, version 1: ".getBytes(StandardCharsets.US_ASCII),
            new byte[]{0, 0, 0, 1},
            principal.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Runs {@code countersign} in a process of its own as an operator of this gateway.
     *
     * @param operator  name in the policy.
     * @param arguments of the command, without those that say which gateway and who.
     * @return the process after its end with exit code 0.
     */
    GatewayJvm operate(final String operator, final String... arguments)
    {
        final Path apiKeyFile = write(
            operator + ".key", new String(new ApiKey(1, apiSecret(operator)).text(), StandardCharsets.US_ASCII));
        try
        {
            Files.setPosixFilePermissions(apiKeyFile, PosixFilePermissions.fromString("rw-------"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config().toString()));
        all.addAll(List.of("--operator", operator, "--api-key-file", apiKeyFile.toString()));
        final GatewayJvm command = GatewayJvm.start(temporary(), List.of(), "io.countersign.ops.Countersign", all);
        started.push(command);
        assertEquals(0, command.awaitExit(), command::describe);
        return command;
    }

    Path write(final String name, final String text)
    {
        try
        {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(name), text);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** The configuration with one thing changed, in a file of its own. */
    Path changed(final String name, final String found, final String replacement)
    {
        assertTrue(configText.contains(found), () -> "'" + found + "' is not in the configuration");
        return write(name, configText.replace(found, replacement));
    }

    String configText()
    {
        return configText;
    }

    SoftHsmFixture token()
    {
        return token;
    }

    KeySpec hmac()
    {
        return hmac;
    }

    KeySpec ed25519()
    {
        return ed25519;
    }

    Path directory()
    {
        return directory;
    }

    Path config()
    {
        return directory.resolve("gateway.yaml");
    }

    Path aeron()
    {
        return directory.resolve("aeron");
    }

    Path journal()
    {
        return directory.resolve("journal");
    }

    Path checkpoints()
    {
        return directory.resolve("checkpoints");
    }

    JournalAudit audit()
    {
        return JournalAudit.read(journal());
    }

    Path temporary()
    {
        try
        {
            return Files.createDirectories(directory.resolve("tmp"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        started.forEach(GatewayJvm::close);
    }
}
