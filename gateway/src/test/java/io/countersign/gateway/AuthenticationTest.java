package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.SessionRejectedException;
import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.gateway.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A real token, a real driver, frames made by hand. */
@Timeout(120)
class AuthenticationTest
{
    private final ApiKey apiKey = GatewayFixture.apiKey("maker", 1);
    private GatewayFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new GatewayFixture().launch();
    }

    @AfterEach
    void after()
    {
        fixture.close();
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldProveItselfAndOpenASession()
    {
        try (HandmadeBot bot = bot())
        {
            bot.challenged(1, "maker", 1);
            assertArrayEquals(bot.transcript("maker", 1).gatewayProof(apiKey.secret()), bot.gatewayProof);
            final byte[] firstNonce = bot.gatewayNonce;
            bot.send(WireFrames.prove(1, new byte[32]));
            assertEquals(Reason.AUTHENTICATION_FAILED, bot.rejection().reason());

            bot.open("maker", apiKey);
            assertFalse(Arrays.equals(firstNonce, bot.gatewayNonce), "a nonce was used twice");
            bot.send(bot.order(1));
            assertTrue(bot.reply().isSigned());
        }
    }

    @Test
    void shouldTakeEachVersionThatIsValidDuringARotation()
    {
        for (final int version : new int[]{1, 2})
        {
            try (HandmadeBot bot = bot())
            {
                bot.open("maker", GatewayFixture.apiKey("maker", version));
                bot.send(bot.order(1));
                assertTrue(bot.reply().isSigned());
            }
        }
    }

    /** Whoever does not get in learns nothing from how he is told: the same frames in the same order. */
    @Test
    void shouldAnswerEveryKindOfStrangerAlike()
    {
        assertStranger("maker", new ApiKey(1, new byte[32]));
        assertStranger("maker", GatewayFixture.apiKey("maker", 3));
        assertStranger("maker", GatewayFixture.apiKey("maker", 0x7FFF_FFFF));
        assertStranger("maker", GatewayFixture.apiKey("other", 1));
        assertStranger("nobody", GatewayFixture.apiKey("nobody", 1));
        assertStranger("Maker", GatewayFixture.apiKey("Maker", 1));
        assertStranger("", GatewayFixture.apiKey("", 1));
    }

    @Test
    void shouldTellTheClientLibraryThatItsApiKeyIsRefused()
    {
        final SessionRejectedException ex = assertThrows(SessionRejectedException.class, () -> BlockingClient.connect(
            fixture.clientContext().apiKey(GatewayFixture.apiKey("maker", 3).text())));
        assertEquals(Reason.AUTHENTICATION_FAILED, ex.reason());
        final SessionRejectedException wrong = assertThrows(SessionRejectedException.class,
            () -> BlockingClient.connect(fixture.clientContext().apiKey(new ApiKey(1, new byte[32]).text())));
        assertEquals(Reason.AUTHENTICATION_FAILED, wrong.reason());
    }

    @Test
    void shouldNotTakeItsOwnProofBack()
    {
        try (HandmadeBot bot = bot())
        {
            bot.challenged(1, "maker", 1);
            bot.send(WireFrames.prove(1, bot.gatewayProof));
            assertEquals(Reason.AUTHENTICATION_FAILED, bot.rejection().reason());
        }
    }

    /** A recorded handshake played again, on the same publication and on another. */
    @Test
    void shouldNotTakeAProofTwice()
    {
        try (HandmadeBot bot = bot(); HandmadeBot other = bot())
        {
            bot.challenged(1, "maker", 1);
            final byte[] prove = WireFrames.prove(1, bot.transcript("maker", 1).botProof(apiKey.secret()));
            other.challenged(1, "maker", 1);
            other.send(prove);
            assertEquals(Reason.AUTHENTICATION_FAILED, other.rejection().reason());

            bot.send(prove);
            assertEquals(SessionOpenedDecoder.TEMPLATE_ID, bot.opened("maker", apiKey).templateId());
            bot.send(prove);
            bot.send(bot.order(1));
            assertTrue(bot.reply().isSigned(), "the second Prove was answered");

            other.challenged(1, "maker", 1);
            other.send(prove);
            assertEquals(Reason.AUTHENTICATION_FAILED, other.rejection().reason());
        }
    }

    @Test
    void shouldLetNothingDisturbAHandshake()
    {
        try (HandmadeBot bot = bot())
        {
            bot.challenged(1, "maker", 1);
            bot.send(bot.connectFrame(2, "maker", 1));
            bot.send(bot.connectFrame(1, "nobody", 9));
            bot.send(WireFrames.prove(7, new byte[32]));
            bot.send(WireFrames.newOrder(0, 1));
            bot.send(new byte[5]);
            bot.send(WireFrames.prove(1, bot.transcript("maker", 1).botProof(apiKey.secret())));
            bot.fromGateway = new FrameAuthenticator(
                bot.transcript("maker", 1).keyToBot(apiKey.secret()));
            assertEquals(SessionOpenedDecoder.TEMPLATE_ID, bot.reply().templateId());
            bot.send(bot.connectFrame(3, "maker", 1));
            assertEquals(Reason.SESSION_ALREADY_OPEN, bot.rejection().reason());
        }
    }

    @Test
    void shouldRefuseARequestWithAFlippedByteWhereverItIs()
    {
        try (HandmadeBot bot = bot().open("maker", apiKey))
        {
            final byte[] good = bot.order(1);
            int answers = 0;
            final long startNs = System.nanoTime();
            for (int i = 0; i < good.length; i++)
            {
                final byte[] frame = good.clone();
                frame[i] ^= 0x04;
                bot.send(frame);
            }
            bot.send(good);
            Reply reply = bot.reply();
            while (!reply.isSigned())
            {
                // Not more than one a second, and none that says which request it was.
                answers++;
                assertTrue(List.of(Reason.FRAME_NOT_AUTHENTIC, Reason.UNKNOWN_VERSION).contains(reply.reason()));
                assertEquals(RejectedEncoder.requestIdNullValue(), reply.id());
                assertEquals(RejectedEncoder.recordSequenceNullValue(), reply.sequence());
                reply = bot.reply();
            }
            assertEquals(1, reply.id(), "the request id was not used up by forgeries");
            final long mostAnswers = 1 + (System.nanoTime() - startNs) / Session.ANSWER_INTERVAL_NS;
            assertTrue(1 <= answers && answers <= mostAnswers, answers + " answers to forgeries");
        }
    }

    @Test
    void shouldRefuseRequestsThatArePlayedAgainOrOutOfOrder()
    {
        try (HandmadeBot bot = bot().open("maker", apiKey))
        {
            final List<byte[]> frames = new ArrayList<>();
            for (int i = 1; i <= 4; i++)
            {
                frames.add(bot.order(i));
            }
            bot.send(frames.get(0));
            assertTrue(bot.reply().isSigned());
            bot.send(frames.get(0));
            assertEquals(Reason.FRAME_REPLAYED, bot.reply().reason());
            bot.send(frames.get(3));
            assertTrue(bot.reply().isSigned());
            final byte[] next = bot.order(5);
            for (final int late : new int[]{1, 2, 3})
            {
                bot.send(frames.get(late)); // The answers to replays are rare, like those to forgeries.
            }
            bot.send(next);
            assertEquals(5, bot.reply().id());
        }
    }

    @Test
    void shouldRefuseFramesOfAnotherSession()
    {
        try (HandmadeBot first = bot().open("maker", apiKey);
            HandmadeBot second = bot().open("maker", apiKey);
            HandmadeBot nobody = bot())
        {
            second.send(first.order(1));
            final Reply crossed = second.reply();
            assertEquals(Reason.FRAME_NOT_AUTHENTIC, crossed.reason());
            assertEquals(RejectedEncoder.requestIdNullValue(), crossed.id());

            // The session id of another with the right tag for this publication.
            second.send(second.order(first.sessionId, 1));
            assertEquals(Reason.UNKNOWN_SESSION, second.reply().reason());

            nobody.send(first.order(2));
            nobody.open("maker", apiKey);

            first.send(first.order(3));
            assertTrue(first.reply().isSigned());
            second.send(second.order(1));
            assertTrue(second.reply().isSigned());
        }
    }

    @Test
    void shouldNotBeDisconnectedByAForgery()
    {
        try (HandmadeBot bot = bot().open("maker", apiKey))
        {
            bot.send(WireFrames.disconnect(bot.sessionId));
            assertEquals(Reason.FRAME_NOT_AUTHENTIC, bot.reply().reason());
            bot.send(bot.order(1));
            assertTrue(bot.reply().isSigned());
        }
    }

    @Test
    void shouldSpeakOnlyTheVersionWithAuthentication()
    {
        try (HandmadeBot bot = bot())
        {
            final byte[] connect = bot.connectFrame(7, "maker", 1);
            ByteBuffer.wrap(connect).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) 1);
            bot.send(connect);
            bot.open("maker", apiKey);
        }
    }

    @Test
    void shouldNumberRepliesSoThatEachIsHigherThanTheLast()
    {
        try (HandmadeBot bot = bot().open("maker", apiKey))
        {
            long last = 0;
            for (int i = 1; i <= 20; i++)
            {
                bot.send(bot.order(0 == i % 3 ? 1 : i));
                final Reply reply = bot.reply();
                assertEquals(last + 1, reply.egressSequence());
                last = reply.egressSequence();
            }
        }
    }

    private HandmadeBot bot()
    {
        return new HandmadeBot(fixture.aeron());
    }

    private void assertStranger(final String principal, final ApiKey strangeKey)
    {
        try (HandmadeBot bot = bot())
        {
            bot.challenged(5, principal, strangeKey.version());
            bot.send(WireFrames.prove(
                5, bot.transcript(principal, strangeKey.version()).botProof(strangeKey.secret())));
            final Reply rejection = bot.rejection();
            assertEquals(Reason.AUTHENTICATION_FAILED, rejection.reason());
            assertEquals(5, rejection.id());
            bot.open("maker", apiKey);
        }
    }
}
