package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the gateway needs of a PKCS#11 module. Each module that was tried has a subclass, which says what it lacks.
 */
abstract class ModuleContract
{
    private static final int SIGNATURES = 1_000;
    static final byte[] MESSAGE = "symbol=BTCUSDT&side=BUY".getBytes();

    @TempDir
    private Path directory;
    TestToken token;

    /** A new, empty token. */
    abstract TestToken create(Path directory) throws Exception;

    /** The mechanism in use for each algorithm that the token has. */
    abstract Map<SigningAlgorithm, String> methods() throws Exception;

    /** What the refusal says for each of the other algorithms. */
    abstract Map<SigningAlgorithm, String> refusals() throws Exception;

    /** What the description of the token says. */
    abstract String description();

    @BeforeEach
    void makeToken() throws Exception
    {
        token = create(directory);
    }

    @AfterEach
    void destroyKeys() throws Exception
    {
        if (null != token)
        {
            token.destroyKeys();
        }
    }

    @Test
    void shouldMakeAThousandGoodSignaturesWithEachAlgorithm() throws Exception
    {
        for (final SigningAlgorithm algorithm : methods().keySet())
        {
            token.add(algorithm);
        }

        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenConnection connection = connector.connect();
            assertTrue(connection.tokenDescription().contains(description()), connection.tokenDescription());
            final Map<SigningAlgorithm, String> methods = methods();
            assertEquals(
                token.keys().stream().map((key) -> key + ": " + methods.get(key.algorithm())).toList(),
                connection.signingMethods());

            final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
            final List<Check> checks = new ArrayList<>();
            for (final KeySpec key : token.keys())
            {
                checks.add(check(key));
            }
            // In turns, because a token that mixes its keys up does so between two of them.
            for (int i = 0; i < SIGNATURES * token.keys().size(); i++)
            {
                final int keyIndex = i % token.keys().size();
                final KeySpec key = token.keys().get(keyIndex);
                final byte[] message = new byte[key.algorithm().takesDigest() ? 32 : 1 + random.nextInt(600)];
                random.nextBytes(message);
                assertTrue(checks.get(keyIndex).isGood(message, lane.sign(keyIndex, message)),
                    () -> key + ", seed " + seed);
            }
        }
    }

    @Test
    void shouldSayWhichAlgorithmsItLacks() throws Exception
    {
        assertEquals(SigningAlgorithm.values().length, methods().size() + refusals().size());
        for (final Map.Entry<SigningAlgorithm, String> refusal : refusals().entrySet())
        {
            final SigningAlgorithm algorithm = refusal.getKey();
            final String message = assertThrows(TokenException.class, () -> token.add(algorithm)).getMessage();
            assertTrue(message.contains(refusal.getValue()), message);
        }
    }

    @Test
    void shouldSignWithImportedKeys() throws Exception
    {
        final Map<SigningAlgorithm, KeyPair> pairs = new EnumMap<>(SigningAlgorithm.class);
        pairs.put(SigningAlgorithm.RSA_2048, pair("RSA", 2048));
        pairs.put(SigningAlgorithm.ECDSA_P256, pair("EC", 256));
        pairs.put(SigningAlgorithm.ED25519, pair("Ed25519", 255));
        pairs.keySet().retainAll(methods().keySet());

        for (final Map.Entry<SigningAlgorithm, KeyPair> pair : pairs.entrySet())
        {
            final KeySpec key =
                token.importPrivateKey(pair.getKey(), pair.getValue().getPrivate().getEncoded());
            assertArrayEquals(pair.getValue().getPublic().getEncoded(), key.pinned());
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < token.keys().size(); i++)
            {
                assertTrue(check(token.keys().get(i)).isGood(MESSAGE, lane.sign(i, MESSAGE)));
            }
        }
    }

    @Test
    void shouldRefuseAKeyThatIsNotThePinnedOne() throws Exception
    {
        for (final SigningAlgorithm algorithm : methods().keySet())
        {
            final KeySpec first = token.add(algorithm);
            final KeySpec second = token.add(algorithm);
            final KeySpec swapped = new KeySpec("swapped", 1, second.id(), algorithm, first.pinned());
            try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(first, swapped))))
            {
                final String message = assertThrows(TokenException.class, connector::connect).getMessage();
                assertTrue(message.contains("key swapped version 1"), message);
                assertTrue(message.contains(algorithm.isMac() ?
                    "does not have the pinned check value" : "does not sign with the pinned public key"), message);
            }
        }
    }

    @Test
    void shouldLeaveAKeyAloneWhoseIdIsTaken() throws Exception
    {
        final SigningAlgorithm algorithm = methods().keySet().iterator().next();
        final KeySpec key = token.add(algorithm);
        try (TokenProvisioner provisioner = token.provisioner())
        {
            for (final SigningAlgorithm other : methods().keySet())
            {
                final String message = assertThrows(TokenException.class, () ->
                {
                    if (other.isMac())
                    {
                        provisioner.importSecret(key.id(), "other", other, new byte[64]);
                    }
                    else
                    {
                        provisioner.generateKeyPair(key.id(), "other", other);
                    }
                }).getMessage();
                assertTrue(message.contains("choose another id"), message);
            }
        }
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            assertNotNull(new LaneSignatures(connector.connect().inlineLane()).sign(0, MESSAGE));
        }
    }

    private static KeyPair pair(final String algorithm, final int bits) throws Exception
    {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if ("EC".equals(algorithm))
        {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        else
        {
            generator.initialize(bits);
        }

        return generator.generateKeyPair();
    }

    private static Check check(final KeySpec key) throws Exception
    {
        if (key.algorithm().isMac())
        {
            final Mac mac = Mac.getInstance(key.algorithm().configName().replace("HMAC-SHA", "HmacSHA"));
            mac.init(new SecretKeySpec(TestToken.secret(key.id()), "RAW"));
            return (message, signature) -> Arrays.equals(mac.doFinal(message), signature);
        }

        final PublicKeyVerifier verifier = PublicKeyVerifier.of(key.algorithm(), key.pinned());
        return (message, signature) -> null != signature && verifier.verifies(message, signature);
    }

    private interface Check
    {
        boolean isGood(byte[] message, byte[] signature);
    }
}
