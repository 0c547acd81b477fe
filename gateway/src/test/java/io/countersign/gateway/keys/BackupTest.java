package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyTraits;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenProvisioner;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Keys that may leave their token wrapped, and those that never do.
 */
class BackupTest
{
    private static final byte[] WRAPPING_ID = {9, 9};
    private static final byte[] ID = {7, 7};
    private static final String SECRET = "a secret that its venue has made";

    @Test
    void shouldWrapWhatIsRecoverableAndNameWhatIsNot() throws Exception
    {
        final byte[] wrappingKey = new byte[32];
        Arrays.fill(wrappingKey, (byte) 5);
        try (RegisterFixture fixture = new RegisterFixture(List.of(), (token) -> List.of(
            RegisterFixture.active(token, "main", 1), gone()));
            KeyAgentRig rig = new KeyAgentRig(fixture))
        {
            final byte[] wrappingCheck;
            final byte[] check;
            try (TokenProvisioner provisioner = fixture.gateway().token().provisioner())
            {
                wrappingCheck = provisioner.importWrappingKey(WRAPPING_ID, "recovery", wrappingKey.clone());
                check = provisioner.importSecret(ID, "venue", SigningAlgorithm.HMAC_SHA256,
                    SECRET.getBytes(StandardCharsets.US_ASCII), true);
            }
            rig.done(fixture.kim, CommandText.of("keys register").with("alias", "venue")
                .with("algorithm", "HMAC-SHA256").with("id", HexFormat.of().formatHex(ID))
                .with("check-value", HexFormat.of().formatHex(check))
                .with("venue", "binance-spot").with("recoverable", "yes"));
            final CommandText backup = CommandText.of("keys backup").with("alias", "venue");
            assertTrue(rig.done(fixture.kim, backup).getFirst().contains("has no wrapping key yet"));

            final CommandText recovery = CommandText.of("keys recovery").with("threshold", "2").with("shares", "3")
                .with("id", HexFormat.of().formatHex(WRAPPING_ID));
            assertTrue(rig.failed(fixture.kim, recovery.with("check-value", "00".repeat(wrappingCheck.length)))
                .contains("has another check value"));
            rig.done(fixture.kim, recovery.with("check-value", HexFormat.of().formatHex(wrappingCheck)));

            final List<String> lines = rig.done(fixture.kim, backup);
            final String[] wrapped = lines.stream().filter((line) -> line.startsWith("wrapped venue 1 "))
                .findFirst().orElseThrow().split(" ");
            final RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
            engine.init(false, new KeyParameter(wrappingKey));
            final byte[] base64 = Base64.getDecoder().decode(wrapped[3]);
            assertArrayEquals(SECRET.getBytes(StandardCharsets.US_ASCII), engine.unwrap(base64, 0, base64.length));
            assertEquals(KeyEntry.ofLine(lines.getLast()).line(), rig.file().key("venue", 1).line());
            assertTrue(rig.done(fixture.kim, CommandText.of("keys backup").with("alias", "main")).getFirst()
                .startsWith("not recoverable: key main version 1"));
            assertEquals("the register has no key 'none'",
                rig.failed(fixture.kim, CommandText.of("keys backup").with("alias", "none")));

            final List<String> all = rig.done(fixture.kim, CommandText.of("keys backup"));
            assertTrue(all.contains("not recoverable: token gone has no wrapping key yet: 'keys recovery' for " +
                "key old version 1"), all::toString);
            assertEquals(List.of(), rig.errors);
        }
    }

    /** In a token that no configuration names. */
    private static KeyEntry gone()
    {
        final byte[] checkValue = new byte[KeySpec.CHECK_VALUE_LENGTH];
        return KeyEntry.preActive(
            new KeySpec("old", 1, new byte[]{1}, SigningAlgorithm.HMAC_SHA256, checkValue, true),
            "gone", new KeyTraits(true, false), System.currentTimeMillis());
    }
}
