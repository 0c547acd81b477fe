package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_AES;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoverableKeysTest
{
    private static final byte[] WRAPPING_ID = { 0x57 };
    private static final byte[] MESSAGE = "symbol=BTCUSDT".getBytes(StandardCharsets.US_ASCII);
    private static final String LABEL = "key v1";

    private SoftHsmFixture token;

    @BeforeEach
    void makeToken() throws Exception
    {
        token = SoftHsmFixture.create();
        try (TokenProvisioner provisioner = token.provisioner())
        {
            final byte[] secret = secret();
            assertArrayEquals(
                WrappingKey.checkValue(secret()), provisioner.importWrappingKey(WRAPPING_ID, "recovery", secret));
            assertArrayEquals(new byte[32], secret);
            assertArrayEquals(
                WrappingKey.checkValue(secret()), provisioner.keys().wrappingCheckValue(WRAPPING_ID));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ED25519")
    void shouldSignInAnotherTokenAsBefore(final SigningAlgorithm algorithm) throws Exception
    {
        final KeySpec key;
        final byte[] wrapped;
        try (TokenProvisioner provisioner = token.provisioner())
        {
            key = generate(provisioner.keys(), algorithm, true);
            wrapped = provisioner.keys().wrap(key, WRAPPING_ID);
        }

        final SoftHsmFixture empty = SoftHsmFixture.create();
        try (TokenProvisioner provisioner = empty.provisioner())
        {
            final byte[] secret = secret();
            provisioner.unwrap(secret, wrapped, key, LABEL);
            assertArrayEquals(new byte[32], secret);
        }

        final byte[] message = algorithm.takesDigest() ? Digests.sha256().digest(MESSAGE) : MESSAGE;
        final byte[] before = sign(token, key, message);
        final byte[] after = sign(empty, key, message);
        if (algorithm.isMac() || SigningAlgorithm.RSA_2048 == algorithm)
        {
            assertArrayEquals(before, after);
        }
        else
        {
            assertTrue(PublicKeyVerifier.of(algorithm, key.pinned()).verifies(message, after));
        }

        try (RawToken raw = new RawToken(empty))
        {
            // The private key with the public one beside it, and nothing of the wrapping key.
            assertEquals(algorithm.isMac() ? 1 : 2, raw.session().find(Attributes.of(CKA_ID, key.id())).length);
            assertEquals(0, raw.session().find(Attributes.of(CKA_KEY_TYPE, CKK_AES)).length);
            assertEquals(LABEL, new String((char[]) raw.session().attribute(raw.find(key), CKA_LABEL)));
        }
    }

    @Test
    void shouldRefuseARecoverableKeyThatTheTokenCannotWrap() throws Exception
    {
        try (TokenProvisioner provisioner = token.provisioner(); RawToken raw = new RawToken(token))
        {
            final TokenKeys keys = provisioner.keys();
            final byte[] id = keys.freeId();
            assertRefused("token \"" + token.tokenLabel() + "\" does not wrap the key with CKM_AES_KEY_WRAP_PAD: " +
                "C_WrapKey gave CKR_KEY_NOT_WRAPPABLE; make it not recoverable",
                () -> keys.generateKeyPair(id, LABEL, SigningAlgorithm.ED25519, true));
            assertEquals(0, raw.session().find(Attributes.of(CKA_ID, id)).length);
            keys.generateKeyPair(id, LABEL, SigningAlgorithm.ED25519, false);
        }
    }

    @Test
    void shouldTakeAnExtractableKeyOnlyWhereItIsToBeRecoverable() throws Exception
    {
        final KeySpec key;
        final KeySpec other;
        try (TokenProvisioner provisioner = token.provisioner())
        {
            key = generate(provisioner.keys(), SigningAlgorithm.HMAC_SHA256, true);
            other = generate(provisioner.keys(), SigningAlgorithm.HMAC_SHA256, false);
            assertRefused("C_WrapKey gave CKR_KEY_UNEXTRACTABLE",
                () -> provisioner.keys().wrap(other, WRAPPING_ID));
        }

        final KeySpec strict = new KeySpec(key.alias(), key.version(), key.id(), key.algorithm(), key.pinned());
        assertFalse(strict.equals(key));
        assertRefused("is extractable", () -> sign(token, strict, MESSAGE));
        assertEquals(32, sign(token, key, MESSAGE).length);
        assertEquals(32, sign(token, other, MESSAGE).length);
    }

    @Test
    void shouldRefuseWhatWasWrappedOtherwise() throws Exception
    {
        final KeySpec key;
        final KeySpec other;
        final byte[] wrapped;
        try (TokenProvisioner provisioner = token.provisioner())
        {
            key = generate(provisioner.keys(), SigningAlgorithm.HMAC_SHA256, true);
            other = generate(provisioner.keys(), SigningAlgorithm.HMAC_SHA256, true);
            wrapped = provisioner.keys().wrap(key, WRAPPING_ID);
        }

        final SoftHsmFixture empty = SoftHsmFixture.create();
        try (TokenProvisioner provisioner = empty.provisioner(); RawToken raw = new RawToken(empty))
        {
            assertRefused("cannot be unwrapped", () -> provisioner.unwrap(new byte[32], wrapped, key, LABEL));
            final byte[] damaged = wrapped.clone();
            damaged[9] ^= 1;
            assertRefused("cannot be unwrapped", () -> provisioner.unwrap(secret(), damaged, key, LABEL));
            assertRefused("pinned check value", () -> provisioner.unwrap(secret(), wrapped, other, LABEL));
            assertThrows(
                IllegalArgumentException.class, () -> provisioner.unwrap(new byte[31], wrapped, key, LABEL));
            assertEquals(0, raw.session().find(Attributes.of(CKA_TOKEN, true)).length);
        }
    }

    @Test
    void shouldRefuseAWrappingKeyThatOpensWhatItWraps() throws Exception
    {
        final byte[] id = { 0x58 };
        try (TokenProvisioner provisioner = token.provisioner(); RawToken raw = new RawToken(token))
        {
            final KeySpec key = generate(provisioner.keys(), SigningAlgorithm.HMAC_SHA256, true);
            raw.session().create(
                Attributes.of(CKA_CLASS, CKO_SECRET_KEY),
                Attributes.of(CKA_KEY_TYPE, CKK_AES),
                Attributes.of(CKA_TOKEN, true),
                Attributes.of(CKA_ID, id),
                Attributes.of(CKA_VALUE, secret()),
                Attributes.of(CKA_WRAP, true),
                Attributes.of(CKA_UNWRAP, true));
            assertRefused("may unwrap or decrypt", () -> provisioner.keys().wrap(key, id));
            assertRefused("found 0 times", () -> provisioner.keys().wrap(key, new byte[]{ 0x59 }));
        }
    }

    @Test
    void shouldDestroyAKeyThatIsTheOneThatIsMeant() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenConnection first = connector.connect();
            final KeySpec pair = generate(first.tokenKeys(), SigningAlgorithm.ED25519, false);
            final KeySpec mac = generate(first.tokenKeys(), SigningAlgorithm.HMAC_SHA512, false);
            final TokenConnection second = connector.connect(List.of(pair, mac));
            assertEquals(64, new LaneSignatures(second.inlineLane()).sign(0, MESSAGE).length);

            final KeySpec wrong = new KeySpec("wrong", 1, mac.id(), mac.algorithm(), new byte[16]);
            assertRefused("pinned check value", () -> second.tokenKeys().destroy(wrong));
            second.tokenKeys().destroy(pair);
            assertRefused("not found", () -> second.tokenKeys().destroy(pair));
            assertRefused("not found", () -> connector.connect(List.of(pair, mac)));
            try (RawToken raw = new RawToken(token))
            {
                assertEquals(0, raw.session().find(Attributes.of(CKA_ID, pair.id())).length);
            }
            assertEquals(64, new LaneSignatures(
                connector.connect(List.of(mac)).inlineLane()).sign(0, MESSAGE).length);
        }
    }

    @Test
    void shouldGiveIdsThatNoObjectHas() throws Exception
    {
        try (TokenProvisioner provisioner = token.provisioner())
        {
            final List<String> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++)
            {
                final byte[] id = provisioner.keys().freeId();
                assertEquals(8, id.length);
                ids.add(Arrays.toString(id));
            }
            assertEquals(20, ids.stream().distinct().count());
        }
    }

    private static KeySpec generate(
        final TokenKeys keys, final SigningAlgorithm algorithm, final boolean recoverable) throws TokenException
    {
        final byte[] id = keys.freeId();
        return new KeySpec("key", 1, id, algorithm, algorithm.isMac() ?
            keys.generateSecret(id, LABEL, algorithm, recoverable) :
            keys.generateKeyPair(id, LABEL, algorithm, recoverable), recoverable);
    }

    private static byte[] sign(final SoftHsmFixture token, final KeySpec key, final byte[] message)
        throws TokenException
    {
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(key))))
        {
            return new LaneSignatures(connector.connect().inlineLane()).sign(0, message);
        }
    }

    private static byte[] secret()
    {
        final byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 0x2a);
        return secret;
    }

    private static void assertRefused(final String words, final Executable executable)
    {
        final String message = assertThrows(TokenException.class, executable).getMessage();
        assertTrue(message.contains(words), message);
        assertFalse(message.contains("\n"), message);
    }
}
