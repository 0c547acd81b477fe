package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OBJECT_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_HANDLE_INVALID;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InlineSigningLaneTest
{
    private static final byte[] MESSAGE = "symbol=BTCUSDT&side=BUY".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET =
        "a secret of a venue, as long as it has to be".getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldSignWithEveryPublicKeyAlgorithm() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            if (!algorithm.isMac())
            {
                token.generateKeyPair(algorithm.configName(), algorithm);
            }
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < token.keys().size(); i++)
            {
                final KeySpec key = token.keys().get(i);
                final int[] lengths = key.algorithm().takesDigest() ?
                    new int[]{ 32 } : new int[]{ 1, 31, 32, 33, 200, SigningLane.MAX_PAYLOAD_LENGTH };
                for (final int length : lengths)
                {
                    final byte[] message = new byte[length];
                    message[length - 1] = (byte) length;
                    final byte[] signature = lane.sign(i, message);
                    assertEquals(key.algorithm().maxSignatureLength(), signature.length, key.toString());
                    assertEquals(1000 + i, lane.correlationId());

                    final PublicKeyVerifier verifier = PublicKeyVerifier.of(key.algorithm(), key.pinned());
                    assertTrue(verifier.verifies(message, signature), key + " over " + length + " bytes");
                    signature[5] ^= 1;
                    assertFalse(verifier.verifies(message, signature), key + " over " + length + " bytes");
                }
            }
        }
    }

    @Test
    void shouldSignFromTheMiddleOfABuffer() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, SECRET);
        final KeySpec key = token.generateKeyPair("p256", SigningAlgorithm.ECDSA_P256);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            final LaneSignatures signatures = new LaneSignatures(lane);
            final byte[] expected = signatures.sign(0, MESSAGE);

            final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(7 + MESSAGE.length));
            payload.putBytes(7, MESSAGE);

            assertTrue(lane.submit(1, 0, payload, 7, MESSAGE.length));
            assertEquals(1, lane.poll((SignedListener) (buffer, offset, length) ->
                assertArrayEquals(expected, bytes(buffer, offset, length))));
            assertTrue(lane.submit(2, 1, payload, 7, MESSAGE.length));
            assertEquals(1, lane.poll((SignedListener) (buffer, offset, length) ->
                assertTrue(PublicKeyVerifier.of(key.algorithm(), key.pinned())
                .verifies(MESSAGE, bytes(buffer, offset, length)))));
        }
    }

    @Test
    void shouldTakeOneRequestAtATime() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, SECRET);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(32));
            final LaneSignatures listener = new LaneSignatures(lane);

            assertEquals(0, lane.poll(listener));
            assertTrue(lane.submit(7, 0, payload, 0, 32));
            assertFalse(lane.submit(8, 0, payload, 0, 32));
            assertFalse(lane.isBroken());
            assertEquals(1, lane.poll(listener));
            assertEquals(7, listener.correlationId());
            assertEquals(0, lane.poll(listener));
            assertTrue(lane.submit(9, 0, payload, 0, 32));
        }
    }

    @Test
    void shouldRefuseWhatNoTokenMaySee() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, SECRET);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            final UnsafeBuffer payload =
                new UnsafeBuffer(ByteBuffer.allocateDirect(SigningLane.MAX_PAYLOAD_LENGTH + 1));

            assertFalse(lane.submit(1, 0, payload, 0, 0), "empty");
            assertFalse(lane.submit(1, 0, payload, 0, -1), "negative length");
            assertFalse(lane.submit(1, 0, payload, 0, SigningLane.MAX_PAYLOAD_LENGTH + 1), "too long");
            assertFalse(lane.submit(1, 0, payload, SigningLane.MAX_PAYLOAD_LENGTH, 2), "past the end");
            assertFalse(lane.submit(1, 0, payload, -1, 2), "before the start");
            assertFalse(lane.submit(1, 0, payload, Integer.MAX_VALUE, 2), "overflow");
            assertFalse(lane.submit(1, 1, payload, 0, 2), "no such key");
            assertFalse(lane.submit(1, -1, payload, 0, 2), "no such key");
            assertFalse(lane.submit(1, 0, new UnsafeBuffer(new byte[32]), 0, 32), "on the heap");

            assertFalse(lane.isBroken());
            assertNotNull(new LaneSignatures(lane).sign(0, MESSAGE));
        }
    }

    @Test
    void shouldBreakForGoodWhenTheKeyIsGoneAndConnectAgainWithANewGeneration() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec first = token.importSecret("first", SigningAlgorithm.HMAC_SHA256, SECRET);
        token.generateKeyPair("second", SigningAlgorithm.ED25519);

        try (TokenConnector connector = new TokenConnector(token.context());
            RawToken raw = new RawToken(token))
        {
            final TokenConnection connection = connector.connect();
            assertEquals(1, connection.generation());
            final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
            final byte[] signature = lane.sign(0, MESSAGE);

            raw.destroy(first);
            assertNull(lane.sign(0, MESSAGE));
            assertTrue(
                CKR_OBJECT_HANDLE_INVALID == lane.returnValue() || CKR_KEY_HANDLE_INVALID == lane.returnValue(),
                ReturnValue.nameOf(lane.returnValue()));
            assertTrue(connection.inlineLane().isBroken());
            assertNull(lane.sign(1, MESSAGE), "the other key of a broken lane");
            connection.close();

            raw.createSecret(first.id(), first.algorithm(), SECRET);
            final TokenConnection next = connector.connect();
            assertEquals(2, next.generation());
            assertEquals(2, next.inlineLane().generation());
            assertArrayEquals(signature, new LaneSignatures(next.inlineLane()).sign(0, MESSAGE));
        }
    }

    @Test
    void shouldBreakWhenTheSessionIsClosedUnderIt() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, SECRET);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenConnection connection = connector.connect();
            try (RawToken raw = new RawToken(token))
            {
                raw.closeAllSessions();
            }

            final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
            assertNull(lane.sign(0, MESSAGE));
            assertEquals(CKR_SESSION_HANDLE_INVALID, lane.returnValue());
            connection.close();

            // The anchor session went the same way, and with it the login.
            final TokenConnection next = connector.connect();
            assertEquals(2, next.generation());
            assertNotNull(new LaneSignatures(next.inlineLane()).sign(0, MESSAGE));
        }
    }

    @Test
    void shouldLogInAgainWhenTheLoginWasLost() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, SECRET);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenConnection connection = connector.connect();
            final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
            final byte[] signature = lane.sign(0, MESSAGE);
            try (RawToken raw = new RawToken(token))
            {
                raw.logout();
            }

            assertNull(lane.sign(0, MESSAGE));
            connection.close();
            assertArrayEquals(signature, new LaneSignatures(connector.connect().inlineLane()).sign(0, MESSAGE));
        }
    }

    @Test
    void shouldSignWithTheSecondKeyOnlyAfterTheFirstFailed() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec first = token.generateKeyPair("first", SigningAlgorithm.ECDSA_P256);
        final KeySpec second = token.generateKeyPair("second", SigningAlgorithm.ECDSA_P256);

        try (RawToken raw = new RawToken(token))
        {
            final SigningMethod method = SigningMethod.candidates(SigningAlgorithm.ECDSA_P256).getFirst();
            final List<SigningMethod> methods = List.of(method, method);
            final long[] handles = { 0xdeadL, raw.find(second) };
            final TokenSession session = TokenSession.open(raw.module(), raw.session().token());
            final SigningLane broken = new InlineSigningLane(
                raw.module().signFunctions(), session.handle(), handles, methods, 1);
            assertNull(new LaneSignatures(broken).sign(0, MESSAGE));
            assertNull(new LaneSignatures(broken).sign(1, MESSAGE));
            session.close();

            handles[0] = raw.find(first);
            try (TokenSession fresh = TokenSession.open(raw.module(), raw.session().token()))
            {
                final SigningLane lane = new InlineSigningLane(
                    raw.module().signFunctions(), fresh.handle(), handles, methods, 2);
                final byte[] signature = new LaneSignatures(lane).sign(1, MESSAGE);
                assertTrue(PublicKeyVerifier.of(second.algorithm(), second.pinned()).verifies(MESSAGE, signature));
                assertFalse(PublicKeyVerifier.of(first.algorithm(), first.pinned()).verifies(MESSAGE, signature));
            }
        }
    }

    @Test
    void shouldTakeNothingAfterItsConnectionWasClosed() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, SECRET);

        final TokenConnector connector = new TokenConnector(token.context());
        final TokenConnection old = connector.connect();
        final TokenConnection current = connector.connect();
        old.close();
        assertTrue(old.inlineLane().isBroken());
        assertNull(new LaneSignatures(old.inlineLane()).sign(0, MESSAGE));
        assertNotNull(new LaneSignatures(current.inlineLane()).sign(0, MESSAGE));

        connector.close();
        assertTrue(current.inlineLane().isBroken());
        assertNull(new LaneSignatures(current.inlineLane()).sign(0, MESSAGE));
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    private interface SignedListener extends SigningListener
    {
        void onSignature(DirectBuffer buffer, int offset, int length);

        @Override
        default void onSigned(
            final long correlationId,
            final DirectBuffer signature,
            final int offset,
            final int length)
        {
            onSignature(signature, offset, length);
        }

        @Override
        default void onSigningFailed(final long correlationId, final long returnValue)
        {
            throw new AssertionError(ReturnValue.nameOf(returnValue));
        }
    }
}
