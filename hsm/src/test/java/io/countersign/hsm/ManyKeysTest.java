package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManyKeysTest
{
    /** Enough for several sessions. */
    private static final int KEYS = 200;
    private static final SigningAlgorithm MAC = SigningAlgorithm.HMAC_SHA256;
    private static final byte[] MESSAGE = "symbol=BTCUSDT".getBytes(StandardCharsets.US_ASCII);

    private final List<KeySpec> keys = new ArrayList<>();
    private SoftHsmFixture token;

    @BeforeEach
    void makeKeys() throws Exception
    {
        token = SoftHsmFixture.create();
        try (RawToken raw = new RawToken(token))
        {
            for (int i = 0; i < KEYS; i++)
            {
                raw.createSecret(id(i), MAC, secret(i));
                keys.add(new KeySpec("mac-" + i, 1, id(i), MAC, Arrays.copyOf(mac(i, checkText()), 16)));
            }
        }
    }

    @Test
    void shouldFindAndProveEachOfManyKeys() throws Exception
    {
        // Another class of objects, and one that is no one's.
        keys.add(KEYS / 2, token.generateKeyPair("pair", SigningAlgorithm.ECDSA_P256));
        try (RawToken raw = new RawToken(token))
        {
            raw.createSecret(id(KEYS), MAC, secret(KEYS));
        }

        try (TokenConnector connector = new TokenConnector(token.context().keys(keys)))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < KEYS; i++)
            {
                assertArrayEquals(mac(i, MESSAGE), lane.sign(i < KEYS / 2 ? i : i + 1, MESSAGE));
            }
            assertTrue(PublicKeyVerifier.of(SigningAlgorithm.ECDSA_P256, keys.get(KEYS / 2).pinned())
                .verifies(MESSAGE, lane.sign(KEYS / 2, MESSAGE)));
        }
    }

    @Test
    void shouldNameTheFirstOfSeveralUnfitKeys() throws Exception
    {
        try (RawToken raw = new RawToken(token))
        {
            raw.destroy(keys.get(180));
            raw.createSecret(id(150), MAC, secret(1));
            assertRefused("key mac-150 version 1", "found 2 times");

            raw.destroy(keys.get(120));
            assertRefused("key mac-120 version 1", "not found");

            raw.destroy(keys.get(119));
            raw.createSecret(id(119), MAC, secret(119), CKA_EXTRACTABLE, true);
            assertRefused("key mac-119 version 1", "is extractable");
        }
    }

    @Test
    void shouldNameTheFirstOfSeveralWrongKeys() throws Exception
    {
        for (final int i : new int[]{ 199, 131, 66, 130, 67 })
        {
            keys.set(i, new KeySpec("wrong-" + i, 1, id(i), MAC, new byte[16]));
        }

        // Which session meets which key differs from run to run.
        for (int i = 0; i < 20; i++)
        {
            assertRefused("key wrong-66 version 1", "does not have the pinned check value");
        }
    }

    private void assertRefused(final String... words)
    {
        try (TokenConnector connector = new TokenConnector(token.context().keys(keys)))
        {
            final String message = assertThrows(TokenException.class, connector::connect).getMessage();
            for (final String word : words)
            {
                assertTrue(message.contains(word), message);
            }
        }
    }

    private static byte[] checkText()
    {
        return KeySpec.CHECK_VALUE_TEXT.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] id(final int index)
    {
        return ByteBuffer.allocate(Integer.BYTES + 1).put((byte) 0x70).putInt(index).array();
    }

    private static byte[] secret(final int index)
    {
        return ByteBuffer.allocate(32).putInt(28, index).array();
    }

    private static byte[] mac(final int index, final byte[] message) throws Exception
    {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret(index), "RAW"));
        return mac.doFinal(message);
    }
}
