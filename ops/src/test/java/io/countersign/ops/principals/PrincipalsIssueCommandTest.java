package io.countersign.ops.principals;

import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class PrincipalsIssueCommandTest
{
    private static final byte[] MASTER_SECRET = "a master key for this test".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temporary;
    private Path config;

    @BeforeEach
    void before() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec master = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, MASTER_SECRET);
        config = write("gateway.yaml", token.tokenLabel(), HexFormat.of().formatHex(master.pinned()), master);
    }

    @Test
    void shouldPrintTheApiKeyAndNothingElse()
    {
        final CommandRun run = issue(config, "maker", 2);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertEquals(1, run.lines().size());
        final ApiKey apiKey = ApiKey.parse(run.lines().getFirst().getBytes(StandardCharsets.US_ASCII));
        assertEquals(2, apiKey.version());
        assertArrayEquals(
            HmacSha256.mac(
                MASTER_SECRET,
                "countersign API key, version 1: ".getBytes(StandardCharsets.US_ASCII),
                new byte[]{0, 0, 0, 2},
                "maker".getBytes(StandardCharsets.US_ASCII)),
            apiKey.secret());
        assertEquals(run.out(), issue(config, "maker", 2).out());
    }

    @Test
    void shouldIssueOnlyWhatWouldOpenASession()
    {
        assertRefused(2, "api-key-versions [1, 2], not 3", issue(config, "maker", 3));
        assertRefused(2, "api-key-versions [], not 1", issue(config, "retired", 1));
        assertRefused(2, "no principal 'stranger'", issue(config, "stranger", 1));
        assertRefused(2, "no such configuration", issue(temporary.resolve("none"), "maker", 1));
        assertEquals(2, CommandRun.of("principals", "issue", "--config", config).exitCode());
    }

    @Test
    void shouldSayThatTheTokenRefuses() throws Exception
    {
        final SoftHsmFixture empty = SoftHsmFixture.create();
        final KeySpec other = empty.importSecret("other", SigningAlgorithm.HMAC_SHA256, new byte[]{1, 2, 3});
        assertRefused(3, "check value", issue(
            write("other.yaml", empty.tokenLabel(), "00".repeat(16), other), "maker", 1));
        assertRefused(3, "no-such-token", issue(
            write("none.yaml", "no-such-token", "00".repeat(16), other), "maker", 1));
    }

    private Path write(final String name, final String label, final String checkValue, final KeySpec master)
        throws Exception
    {
        Files.writeString(temporary.resolve("policy.yaml"), """
            principals:
              - {name: maker, api-key-versions: [1, 2], rules: [{name: r, keys: [key], operations: [query-account]}]}
              - {name: retired, rules: [{name: r, keys: [key], operations: [query-account]}]}
            """);
        return Files.writeString(temporary.resolve(name), """
            gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
            token: {module: %s, label: %s, pin-file: %s}
            authentication: {master-key: {alias: master, id: "%s", check-value: "%s"}}
            keys:
              - {alias: key, id: "7f", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
                 venue: binance-spot, api-key: public}
            policy: policy.yaml
            """.formatted(
            SoftHsmFixture.modulePath(), label, SoftHsmFixture.secretFile("issue.pin", "fixture-user-pin"),
            HexFormat.of().formatHex(master.id()), checkValue));
    }

    private static CommandRun issue(final Path config, final String principal, final int version)
    {
        return CommandRun.of(
            "principals", "issue", "--config", config, "--principal", principal, "--version", version);
    }

    private static void assertRefused(final int exitCode, final String complaint, final CommandRun run)
    {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertTrue(run.error().contains(complaint), run.err());
    }
}
