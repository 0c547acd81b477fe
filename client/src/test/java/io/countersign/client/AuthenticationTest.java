package io.countersign.client;

import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.wire.Reason;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static io.countersign.client.RecordingListener.pollUntil;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AuthenticationTest
{
    private final RecordingListener listener = new RecordingListener();

    @Test
    void shouldZeroTheApiKeyWhetherOrNotASessionOpens()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            final byte[] apiKey = ScriptedGateway.apiKeyText();
            CountersignClient.connect(gateway.context().apiKey(apiKey).listener(listener)).close();
            assertArrayEquals(new byte[ApiKey.TEXT_LENGTH], apiKey);

            gateway.refusal = Reason.TOO_MANY_SESSIONS;
            final byte[] refused = ScriptedGateway.apiKeyText();
            assertThrows(SessionRejectedException.class,
                () -> CountersignClient.connect(gateway.context().apiKey(refused).listener(listener)));
            assertArrayEquals(new byte[ApiKey.TEXT_LENGTH], refused);
        }
    }

    @Test
    void shouldSayThatItsApiKeyIsRefused()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            final byte[] wrong = new ApiKey(2, ScriptedGateway.secret(7)).text();
            final SessionRejectedException ex = assertThrows(SessionRejectedException.class,
                () -> CountersignClient.connect(gateway.context().apiKey(wrong).listener(listener)));
            assertEquals(Reason.AUTHENTICATION_FAILED, ex.reason());
            assertTrue(ex.getMessage().contains("version 2"), ex.getMessage());
        }
    }

    @Test
    void shouldRefuseAGatewayThatDoesNotKnowTheApiKey()
    {
        try (ScriptedGateway impostor = new ScriptedGateway())
        {
            impostor.apiKey = ScriptedGateway.secret(9);
            impostor.opensUnproven = true;
            final GatewayNotAuthenticException ex = assertThrows(GatewayNotAuthenticException.class,
                () -> CountersignClient.connect(impostor.context().listener(listener)));
            assertTrue(ex.getMessage().contains("'bot-1'"), ex.getMessage());
            assertFalse(ex.getMessage().contains("csk1_"), ex.getMessage());
            // What it was given proves nothing to anybody.
            final byte[] prove = impostor.frames.get(impostor.frames.size() - 1);
            assertArrayEquals(new byte[32], Arrays.copyOfRange(prove, prove.length - 32, prove.length));
        }
    }

    /** A genuine gateway, whose answers somebody passes on from another way back. */
    @Test
    void shouldRefuseAGatewayThatAnswersOnAnotherChannel()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            gateway.wayBack = EgressChannel.udp(40_457);
            gateway.answersProve = false;
            assertThrows(GatewayNotAuthenticException.class,
                () -> CountersignClient.connect(gateway.context().listener(listener)));
        }
    }

    @Test
    void shouldRefuseAGatewayThatSaysNothingMore()
    {
        try (ScriptedGateway impostor = new ScriptedGateway())
        {
            impostor.apiKey = ScriptedGateway.secret(9);
            impostor.answersProve = false;
            assertThrows(GatewayNotAuthenticException.class,
                () -> CountersignClient.connect(impostor.context().listener(listener)));
        }
    }

    @Test
    void shouldBelieveNoReplyWithAFlippedByte()
    {
        try (ScriptedGateway gateway = new ScriptedGateway();
            CountersignClient client = CountersignClient.connect(gateway.context().listener(listener)))
        {
            final AtomicInteger frameLength = new AtomicInteger();
            gateway.script = (bot, templateId, requestId) ->
            {
                final int length = bot.toBot.append(bot.buffer, 0, bot.encodeSigned(bot.sessionId, requestId));
                frameLength.set(length);
                for (int i = 0; i < length; i++)
                {
                    final byte good = bot.buffer.getByte(i);
                    bot.buffer.putByte(i, (byte) (good ^ 0x10));
                    bot.sendRaw(length);
                    bot.buffer.putByte(i, good);
                }
                bot.sendRaw(length);
            };
            final long requestId = SessionTest.offer(client);
            pollUntil(client, () -> !listener.signed.isEmpty());
            assertEquals(requestId, listener.signed.get(0).requestId());
            assertEquals(frameLength.get(), client.strangeReplies());
            assertEquals(0, client.lateReplies());
        }
    }

    @Test
    void shouldBelieveNoReplyThatIsPlayedAgainOrOutOfOrder()
    {
        try (ScriptedGateway gateway = new ScriptedGateway();
            CountersignClient client = CountersignClient.connect(gateway.context().listener(listener)))
        {
            final AtomicLong before = new AtomicLong();
            gateway.script = (bot, templateId, requestId) ->
            {
                final long first = before.getAndSet(requestId);
                if (0 != first)
                {
                    final int length = bot.toBot.append(bot.buffer, 0, bot.encodeSigned(bot.sessionId, first));
                    bot.sendRaw(length);
                    bot.sendRaw(length);
                    bot.egressSequence = 0;
                    bot.sign(requestId);
                    bot.egressSequence = 10;
                    bot.reject(requestId, Reason.DEADLINE_PASSED, "");
                }
            };
            SessionTest.offer(client);
            final long second = SessionTest.offer(client);
            pollUntil(client, () -> !listener.rejected.isEmpty());
            assertEquals(1, listener.signed.size());
            assertEquals(second, listener.rejected.get(0).requestId());
            assertEquals(2, client.strangeReplies());
        }
    }

    @Test
    void shouldPutTagsBehindEverythingItSends()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            try (CountersignClient client = CountersignClient.connect(gateway.context().listener(listener)))
            {
                SessionTest.offer(client);
                client.cancelOrder().key("k").symbol("s".repeat(64)).offer();
                client.queryAccount().key("k").offer();
                pollUntil(client, () -> 3 == listener.signed.size());
            }
            final long deadlineNs = System.nanoTime() + 10_000_000_000L;
            while (gateway.disconnected.isEmpty())
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "no Disconnect within 10 s");
                Thread.yield();
            }
            assertEquals(0, gateway.notAuthentic.get());
        }
    }

    @Test
    void shouldReadAnApiKeyOnlyFromAFileThatNobodyElseCanOpen() throws IOException
    {
        final byte[] text = ScriptedGateway.apiKeyText();
        for (final String lineEnd : new String[]{"", "\n", "\r\n"})
        {
            final byte[] content = Arrays.copyOf(text, text.length + lineEnd.length());
            System.arraycopy(lineEnd.getBytes(StandardCharsets.US_ASCII), 0, content, text.length, lineEnd.length());
            try (ApiKey apiKey = ApiKeyFile.read(ScriptedGateway.apiKeyFile("good", content)))
            {
                assertEquals(ScriptedGateway.API_KEY_VERSION, apiKey.version());
                assertArrayEquals(ScriptedGateway.secret(1), apiKey.secret());
            }
        }

        assertUnreadable("holds no API key", ScriptedGateway.apiKeyFile("empty", new byte[0]));
        assertUnreadable("holds no API key", ScriptedGateway.apiKeyFile("long", Arrays.copyOf(text, 1000)));
        text[20] ^= 1;
        assertUnreadable("holds no API key", ScriptedGateway.apiKeyFile("changed", text));
        assertUnreadable("missing", Path.of("target", "no-such-api-key"));
        assertUnreadable("no regular file", Path.of("target"));
        final Path open = ScriptedGateway.apiKeyFile("open", ScriptedGateway.apiKeyText());
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
        assertUnreadable("chmod 600", open);
    }

    @Test
    void shouldNotTakeSomebodyElsesForgeryForTheAnswerToItsOwnRequest()
    {
        try (ScriptedGateway gateway = new ScriptedGateway();
            BlockingClient client = BlockingClient.connect(gateway.context()))
        {
            gateway.script = (bot, templateId, requestId) ->
            {
                bot.reject(CountersignClient.NULL_VALUE, Reason.FRAME_NOT_AUTHENTIC, "");
                bot.sign(requestId);
            };
            assertEquals(Bot.SIGNATURE, client.newOrder(SessionTest::fill).signature());
        }
    }

    private static void assertUnreadable(final String complaint, final Path file)
    {
        final IllegalStateException ex = assertThrows(IllegalStateException.class, () -> ApiKeyFile.read(file));
        assertTrue(ex.getMessage().contains(complaint), ex.getMessage());
        assertTrue(ex.getMessage().contains(file.toString()), ex.getMessage());
        assertFalse(ex.getMessage().contains("csk1_"), ex.getMessage());
    }
}
