package io.countersign.ops.keys;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.ops.CommandRun;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class KeysExportPublicCommandTest
{
    private static final byte[] MESSAGE = KeyText.sha256("an order".getBytes(StandardCharsets.US_ASCII));

    /** RFC 7638, section 3.1. */
    private static final String RFC_7638_MODULUS =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiF" +
        "V4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9" +
        "c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1" +
        "jF44-csFCur-kEgU8awapJzKnqDKgw";

    @TempDir
    private Path temporary;

    @Test
    void shouldPrintAPublicKeyThatVerifiesWhatTheTokenSigns() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            if (!algorithm.isMac())
            {
                token.generateKeyPair(algorithm.configName(), algorithm);
            }
        }
        try (TokenConnector connector = new TokenConnector(token.context());
            TokenConnection connection = connector.connect())
        {
            for (int i = 0; i < token.keys().size(); i++)
            {
                final KeySpec key = token.keys().get(i);
                final CommandRun pem = export(token, key, "pem");
                assertEquals(0, pem.exitCode(), pem.err());
                assertEquals("-----BEGIN PUBLIC KEY-----", pem.lines().getFirst());
                assertEquals("-----END PUBLIC KEY-----", pem.lines().getLast());
                final byte[] der = Base64.getMimeDecoder().decode(pem.out().replaceAll("-----[A-Z ]*-----", ""));
                assertTrue(verifies(key.algorithm(), der, sign(connection.inlineLane(), i)), key.toString());
                assertArrayEquals(der, Base64.getDecoder().decode(export(token, key, "der-base64").out().strip()));
                assertTrue(export(token, key, "jwk").out().matches("\\{(\"crv\".*|\"e\".*)\"kid\":\".{43}\",.*}\n"));
            }
        }
    }

    @Test
    void shouldPrintWhatAVenueAsksForAndRefuseWhatItDoesNotTake() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec ed25519 = token.generateKeyPair("ed25519", SigningAlgorithm.ED25519);
        final KeySpec rsa = token.generateKeyPair("rsa", SigningAlgorithm.RSA_2048);
        final KeySpec p256 = token.generateKeyPair("p256", SigningAlgorithm.ECDSA_P256);
        final KeySpec mac = token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, new byte[]{ 1 });
        for (final String format : new String[]{ "binance", "deribit" })
        {
            assertEquals(export(token, ed25519, "pem").out(), export(token, ed25519, format).out());
            assertEquals(export(token, rsa, "pem").out(), export(token, rsa, format).out());
            assertRefused(format + " takes Ed25519 and RSA-2048-PKCS1-SHA256", export(token, p256, format));
        }
        assertEquals(export(token, rsa, "pem").out(), export(token, rsa, "bybit").out());
        assertRefused("bybit takes RSA-2048-PKCS1-SHA256", export(token, ed25519, "bybit"));
        assertRefused("'okx' is no format; expected one of pem, jwk,", export(token, rsa, "okx"));
        assertRefused("is a secret key", export(token, mac, "pem"));

        final Path file = temporary.resolve("key.pem");
        assertEquals("", export(token, rsa, "pem", "--out", file).out());
        assertEquals(export(token, rsa, "pem").out(), Files.readString(file));
        assertRefused("is there already", export(token, rsa, "pem", "--out", file));
    }

    @Test
    void shouldGiveThePublishedThumbprints() throws Exception
    {
        // RFC 8037, appendices A.2 and A.3.
        assertEquals("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"," +
            "\"kid\":\"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k\",\"use\":\"sig\",\"alg\":\"EdDSA\"}\n",
            PublicKeyFormat.JWK.write(SigningAlgorithm.ED25519, HexFormat.of().parseHex("302a300506032b6570032100" +
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")));

        final byte[] rsa = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(
            new BigInteger(1, Base64.getUrlDecoder().decode(RFC_7638_MODULUS)), BigInteger.valueOf(65537)))
            .getEncoded();
        assertEquals("{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" + RFC_7638_MODULUS + "\",\"kid\":\"" +
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs\",\"use\":\"sig\",\"alg\":\"RS256\"}\n",
            PublicKeyFormat.JWK.write(SigningAlgorithm.RSA_2048, rsa));
    }

    private static boolean verifies(final SigningAlgorithm algorithm, final byte[] der, final byte[] signature)
        throws Exception
    {
        return switch (algorithm)
        {
            case ED25519 -> verifies("Ed25519", "Ed25519", der, signature);
            case RSA_2048 -> verifies("RSA", "SHA256withRSA", der, signature);
            case ECDSA_P256 -> verifies("EC", "SHA256withECDSAinP1363Format", der, signature);
            default ->
            {
                final ECDSASigner verifier = new ECDSASigner();
                verifier.init(false, (ECPublicKeyParameters) PublicKeyFactory.createKey(der));
                yield verifier.verifySignature(algorithm.takesDigest() ? MESSAGE : KeyText.sha256(MESSAGE),
                    new BigInteger(1, Arrays.copyOf(signature, 32)),
                    new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
            }
        };
    }

    private static boolean verifies(
        final String keyName, final String signatureName, final byte[] der, final byte[] signature) throws Exception
    {
        final PublicKey key = KeyFactory.getInstance(keyName).generatePublic(new X509EncodedKeySpec(der));
        final Signature verifier = Signature.getInstance(signatureName);
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }

    private static byte[] sign(final SigningLane lane, final int keyIndex)
    {
        final List<byte[]> signatures = new ArrayList<>();
        final SigningListener listener = new SigningListener()
        {
            @Override
            public void onSigned(
                final long correlationId, final DirectBuffer signature, final int offset, final int length)
            {
                final byte[] copy = new byte[length];
                signature.getBytes(offset, copy);
                signatures.add(copy);
            }

            @Override
            public void onSigningFailed(final long correlationId, final long returnValue)
            {
                throw new AssertionError("the token does not sign: " + returnValue);
            }
        };
        final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(MESSAGE.length));
        payload.putBytes(0, MESSAGE);
        assertTrue(lane.submit(1, keyIndex, payload, 0, MESSAGE.length));
        lane.poll(listener);
        return signatures.getFirst();
    }

    private static CommandRun export(
        final SoftHsmFixture token, final KeySpec key, final String format, final Object... more)
    {
        final List<Object> arguments = new ArrayList<>(List.of("keys", "export-public",
            "--module", SoftHsmFixture.modulePath(), "--token", token.tokenLabel(), "--pin-file", token.pinFile(),
            "--id", HexFormat.of().formatHex(key.id()), "--format", format));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray());
    }

    private static void assertRefused(final String words, final CommandRun run)
    {
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.error().contains(words), run.err());
    }
}
