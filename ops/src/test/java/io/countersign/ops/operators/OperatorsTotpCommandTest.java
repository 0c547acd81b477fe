package io.countersign.ops.operators;

import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.ops.CommandRun;
import io.countersign.ops.OwnerFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class OperatorsTotpCommandTest
{
    private static final byte[] MASTER_SECRET = "a master key for this test".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temporary;
    private Path config;

    @BeforeEach
    void before() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec master = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, MASTER_SECRET.clone());
        config = Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway: {ingresses: [{name: "ipc:bots", aeron-directory: aeron}], journal-directory: journal}
            token: {module: %s, label: %s, pin-file: %s}
            authentication: {master-key: {alias: master, id: "%s", check-value: "%s"}}
            keys:
              - {alias: key, id: "7f", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
                 venue: binance-spot, api-key: public}
            policy: policy.yaml
            """.formatted(SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
            HexFormat.of().formatHex(master.id()), HexFormat.of().formatHex(master.pinned())));
    }

    @Test
    void shouldPrintTheLinkAndNothingElse()
    {
        final CommandRun run = totp("--operator", "anna");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertEquals(TimeBasedCode.link("anna", secret(1)) + "\n", run.out());
        assertEquals(TimeBasedCode.link("anna", secret(7)) + "\n", totp("--operator", "anna", "--version", 7).out());

        final Path file = temporary.resolve("totp");
        OwnerFile.create(file, "file", run.out().getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals(secret(1), TotpSecret.read(file));
    }

    @Test
    void shouldSayWhatIsWrong()
    {
        assertEquals(2, totp("--operator", "anna", "--version", 0).exitCode());
        assertEquals(2, totp("--operator", "x".repeat(65)).exitCode());
        assertEquals(2, totp().exitCode());
        assertEquals(2, CommandRun.of("operators", "totp", "--config", temporary.resolve("none"), "--operator", "anna")
            .exitCode());
    }

    private CommandRun totp(final Object... options)
    {
        final Object[] all = Arrays.copyOf(new Object[]{"operators", "totp", "--config", config}, 4 + options.length);
        System.arraycopy(options, 0, all, 4, options.length);
        return CommandRun.of(all);
    }

    private static byte[] secret(final int version)
    {
        return Arrays.copyOf(HmacSha256.mac(MASTER_SECRET,
            "countersign TOTP, version 1: ".getBytes(StandardCharsets.US_ASCII),
            new byte[]{0, 0, 0, (byte) version}, "anna".getBytes(StandardCharsets.US_ASCII)), 20);
    }
}
