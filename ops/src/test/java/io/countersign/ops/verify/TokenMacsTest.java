package io.countersign.ops.verify;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class TokenMacsTest
{
    private static final byte[] SECRET = "a secret of some venue; longer than any of the digests: 64 bytes, not less"
        .getBytes(StandardCharsets.US_ASCII);
    private static final Map<SigningAlgorithm, String> NAMES = Map.of(
        SigningAlgorithm.HMAC_SHA256, "HmacSHA256",
        SigningAlgorithm.HMAC_SHA384, "HmacSHA384",
        SigningAlgorithm.HMAC_SHA512, "HmacSHA512");

    @TempDir
    private Path temporary;

    private final SealedJournal journal = new SealedJournal();
    private final StringBuilder keys = new StringBuilder();
    private SoftHsmFixture token;
    private Path config;

    @BeforeEach
    void before() throws Exception
    {
        token = SoftHsmFixture.create();
        for (final SigningAlgorithm algorithm : NAMES.keySet())
        {
            final KeySpec key = token.importSecret(alias(algorithm), algorithm, SECRET);
            pin(alias(algorithm), algorithm, key.id(), key.pinned());
        }
        config = Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
            token: {module: %s, label: %s, pin-file: %s}
            authentication: {master-key: {alias: master, id: "ffff", check-value: "%s"}}
            keys:
              - {alias: key, id: "7f", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
                 venue: binance-spot, api-key: public}
            policy: policy.yaml
            """.formatted(SoftHsmFixture.modulePath(), token.tokenLabel(),
            SoftHsmFixture.secretFile("macs.pin", "fixture-user-pin"), "00".repeat(16)));
    }

    @Test
    void shouldMakeMacsAgainInTheToken() throws Exception
    {
        begin();
        for (int i = 0; i < 3; i++)
        {
            for (final SigningAlgorithm algorithm : NAMES.keySet())
            {
                signed(algorithm, "x".repeat(1 + 20_000 * i));
            }
        }
        final CommandRun run = verify();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.lines().contains(
            "signatures: 3 HMAC-SHA256 verified, 3 HMAC-SHA384 verified, 3 HMAC-SHA512 verified"), run.out());
    }

    @Test
    void shouldNoticeAnotherMac() throws Exception
    {
        begin();
        signed(SigningAlgorithm.HMAC_SHA256, "symbol=LTCBTC&side=BUY");
        final byte[] mac = mac(SigningAlgorithm.HMAC_SHA256, "symbol=LTCBTC&side=SELL");
        journal.outcome(journal.intent(alias(SigningAlgorithm.HMAC_SHA256), "symbol=LTCBTC&side=BUY"),
            alias(SigningAlgorithm.HMAC_SHA256), mac);
        final CommandRun run = verify();
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("the signature is not one of key hmac-sha256 version 1 over"), run.out());
        assertTrue(run.lines().contains("signatures: 1 HMAC-SHA256 verified"), run.out());
        assertEquals(0, CommandRun.of("audit", "verify", temporary.resolve("j")).exitCode());
    }

    @Test
    void shouldSayThatAKeyIsNotInTheToken() throws Exception
    {
        pin("gone", SigningAlgorithm.HMAC_SHA256, new byte[]{9, 9, 9}, new byte[16]);
        pin("replaced", SigningAlgorithm.HMAC_SHA256, new byte[]{0, 1}, new byte[16]);
        begin();
        journal.outcome(journal.intent("gone", "x"), "gone", new byte[32]);
        journal.outcome(journal.intent("replaced", "x"), "replaced", new byte[32]);
        final CommandRun run = verify();
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.out().contains("cannot tell: 1 signature of key gone version 1 could not be verified: key " +
            "gone version 1 (HMAC-SHA256, id 090909) on token \"" + token.tokenLabel() + "\" is not there"), run.out());
        assertTrue(run.out().contains("of key replaced version 1 could not be verified: "), run.out());
    }

    @Test
    void shouldRefuseATokenThatItCannotLogInTo() throws Exception
    {
        begin();
        journal.write(temporary.resolve("j"));
        Files.writeString(config, Files.readString(config).replace(token.tokenLabel(), "no-such-token"));
        final CommandRun run = CommandRun.of("audit", "verify", temporary.resolve("j"), "--with-token", config);
        assertEquals(3, run.exitCode(), run.err());
        assertTrue(run.error().contains("no-such-token"), run.err());
        assertEquals(2, CommandRun.of("audit", "verify", temporary.resolve("j"), "--with-token", config,
            "--no-signatures").exitCode());
    }

    private void begin()
    {
        journal.configuration(journal.configuration() + keys);
        journal.start(0).policy("principals: []\n").opened();
    }

    private CommandRun verify() throws Exception
    {
        journal.closed().stop().seal(0);
        journal.write(temporary.resolve("j"));
        return CommandRun.of("audit", "verify", temporary.resolve("j"), "--with-token", config);
    }

    private void signed(final SigningAlgorithm algorithm, final String payload) throws Exception
    {
        journal.outcome(journal.intent(alias(algorithm), payload), alias(algorithm), mac(algorithm, payload));
    }

    private void pin(
        final String alias, final SigningAlgorithm algorithm, final byte[] id, final byte[] checkValue)
    {
        keys.append("  - {alias: ").append(alias).append(", id: \"").append(HexFormat.of().formatHex(id))
            .append("\", algorithm: ").append(algorithm.configName()).append(", check-value: \"")
            .append(HexFormat.of().formatHex(Arrays.copyOf(checkValue, KeySpec.CHECK_VALUE_LENGTH))).append("\"}\n");
    }

    private static String alias(final SigningAlgorithm algorithm)
    {
        return algorithm.configName().toLowerCase(Locale.ROOT);
    }

    private static byte[] mac(final SigningAlgorithm algorithm, final String payload) throws Exception
    {
        final Mac mac = Mac.getInstance(NAMES.get(algorithm));
        mac.init(new SecretKeySpec(SECRET, "RAW"));
        return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
    }
}
