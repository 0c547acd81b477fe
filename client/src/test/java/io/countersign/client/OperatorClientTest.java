package io.countersign.client;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SignedCommandDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class OperatorClientTest
{
    private static final CommandText REVOKE = CommandText.of("keys revoke")
        .with("alias", "binance-main").with("comment", "der Schl\u00fcssel ging verloren");

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final KeyPair pair = pair();
    private int closedKeys;

    @AfterEach
    void after()
    {
        gateway.close();
    }

    @Test
    void shouldSignWhatStandsInTheFrame() throws Exception
    {
        gateway.script = (bot, templateId, requestId) -> bot.answerCommand(requestId, "revoked", "was active");
        final long beforeNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        try (OperatorClient client = OperatorClient.connect(gateway.context()))
        {
            assertEquals(new CommandAnswer(List.of("revoked", "was active"), 42), client.give(REVOKE, key(), 7));
            client.give(REVOKE, key(), 999_999, TimeUnit.MINUTES.toNanos(5));
        }
        final List<byte[]> signed = gateway.frames.stream()
            .filter((frame) -> SignedCommandDecoder.TEMPLATE_ID == WireFrame.templateId(new UnsafeBuffer(frame), 0))
            .toList();
        assertEquals(2, signed.size());
        final SignedCommandDecoder first = decoder(signed.getFirst());
        assertEquals(7, first.totp());
        assertEquals(REVOKE.toString(), verifiedCommand(first));
        final SignedCommandDecoder second = decoder(signed.getLast());
        assertEquals(999_999, second.totp());
        assertTrue(second.requestId() > first.requestId());
        assertTrue(second.ingressSequence() > first.ingressSequence());
        assertTrue(second.deadlineNs() >= beforeNs + TimeUnit.MINUTES.toNanos(5), "its own time-out");
        assertTrue(first.deadlineNs() < beforeNs + TimeUnit.MINUTES.toNanos(5));
        assertEquals(REVOKE.toString(), verifiedCommand(second));
        assertEquals(0, gateway.notAuthentic.get());
        assertEquals(0, closedKeys, "the key stays the caller's");
    }

    @Test
    void shouldThrowWhatTheGatewayRefuses()
    {
        gateway.script = (bot, templateId, requestId) ->
        {
            bot.sayLines(requestId, "there is no key 'binance-main'");
            bot.reject(requestId, Reason.COMMAND_FAILED, "");
        };
        try (OperatorClient client = OperatorClient.connect(gateway.context()))
        {
            final CommandRefusedException ex =
                assertThrows(CommandRefusedException.class, () -> client.give(REVOKE, key(), 1));
            assertEquals(Reason.COMMAND_FAILED, ex.reason());
            assertEquals(List.of("there is no key 'binance-main'"), ex.lines());
        }
    }

    @Test
    void shouldWaitAsLongAsTheCommandSays()
    {
        gateway.script = (bot, templateId, requestId) ->
        {
            // No answer.
        };
        try (OperatorClient client = OperatorClient.connect(gateway.context()))
        {
            final RequestTimeoutException ex = assertThrows(RequestTimeoutException.class,
                () -> client.give(REVOKE, key(), 1, TimeUnit.MILLISECONDS.toNanos(30)));
            assertTrue(ex.getMessage().contains("within 30 ms"), ex.getMessage());
        }
    }

    @Test
    void shouldKeepTheSessionWhileACommandTakesItsTime()
    {
        gateway.idleTimeoutMs = 30;
        gateway.script = (bot, templateId, requestId) -> new Thread(() ->
        {
            awaitKeepAlives();
            gateway.onThread(() -> bot.answerCommand(requestId, "at last"));
        }).start();
        try (OperatorClient client = OperatorClient.connect(gateway.context()))
        {
            assertEquals(List.of("at last"), client.give(REVOKE, key(), 1).lines());
        }
        assertEquals(0, gateway.notAuthentic.get());
    }

    @Test
    void shouldSendNothingThatCannotBeTaken()
    {
        try (OperatorClient client = OperatorClient.connect(gateway.context()))
        {
            assertThrows(IllegalArgumentException.class, () -> client.give(REVOKE, key(), -1));
            assertThrows(IllegalArgumentException.class, () -> client.give(REVOKE, key(), 1_000_000));
            final CommandText tooLong = CommandText.of("keys list").with("comment", "x".repeat(1_000));
            final IllegalArgumentException ex =
                assertThrows(IllegalArgumentException.class, () -> client.give(tooLong, key(), 1));
            assertTrue(ex.getMessage().contains("the gateway takes 1024"), ex.getMessage());
            assertThrows(IllegalStateException.class, () -> client.give(REVOKE, new StubKey(63), 1));
        }
        assertFalse(gateway.frames.stream().anyMatch(
            (frame) -> SignedCommandDecoder.TEMPLATE_ID == WireFrame.templateId(new UnsafeBuffer(frame), 0)));
    }

    private void awaitKeepAlives()
    {
        while (gateway.keepAlives.get() < 3)
        {
            Thread.yield();
        }
    }

    private static SignedCommandDecoder decoder(final byte[] frame)
    {
        return new SignedCommandDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, new MessageHeaderDecoder());
    }

    private String verifiedCommand(final SignedCommandDecoder decoder) throws GeneralSecurityException
    {
        final byte[] signature = new byte[SignedCommandDecoder.signatureLength()];
        decoder.getSignature(signature, 0, signature.length);
        final String command = decoder.command();
        final Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update(("countersign command, version 1\nsession " + decoder.sessionId() + "\nrequest " +
            decoder.requestId() + "\ndeadline " + decoder.deadlineNs() + "\n" + command)
            .getBytes(StandardCharsets.UTF_8));
        assertTrue(verifier.verify(signature));
        return command;
    }

    private OperatorKey key()
    {
        return new StubKey(OperatorKey.SIGNATURE_LENGTH);
    }

    private static KeyPair pair()
    {
        try
        {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private final class StubKey implements OperatorKey
    {
        private final int length;

        private StubKey(final int length)
        {
            this.length = length;
        }

        @Override
        public byte[] sign(final byte[] message)
        {
            try
            {
                final Signature signer = Signature.getInstance("Ed25519");
                signer.initSign(pair.getPrivate());
                signer.update(message);
                return Arrays.copyOf(signer.sign(), length);
            }
            catch (final GeneralSecurityException ex)
            {
                throw new AssertionError(ex);
            }
        }

        @Override
        public void close()
        {
            closedKeys++;
        }
    }
}
