package io.countersign.client;

import io.countersign.codecs.ReplyFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.ChallengeEncoder;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionOpenedEncoder;
import io.countersign.codecs.wire.SessionRejectedEncoder;
import io.countersign.codecs.wire.SignedRequestEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ReplyCheckTest
{
    private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1_024]);

    @Test
    void shouldRefuseEveryTruncationAndEveryTrailingByte()
    {
        assertEveryLength(rejected());
        assertEveryLength(sessionOpened());
        assertEveryLength(sessionRejected());
        assertEveryLength(challenge());
        assertEveryLength(signedRequest());
    }

    @Test
    void shouldRefuseHeadersAndEnumsThatAreNotOfThisVersion()
    {
        final int length = signedRequest();
        assertChanged(Reason.WRONG_BLOCK_LENGTH, 0, length);
        assertChanged(Reason.UNKNOWN_TEMPLATE, 2, length);
        assertChanged(Reason.UNKNOWN_SCHEMA, 4, length);
        assertChanged(Reason.UNKNOWN_VERSION, 6, length);

        for (final int method : new int[]{0, 6, 254, 255})
        {
            frame.putByte(HEADER_LENGTH + SignedRequestEncoder.methodEncodingOffset(), (byte) method);
            assertEquals(Reason.UNKNOWN_ENUM_VALUE, check(length), "method=" + method);
        }

        final int rejectedLength = rejected();
        frame.putShort(
            HEADER_LENGTH + RejectedEncoder.reasonEncodingOffset(), (short) 65_535, ByteOrder.LITTLE_ENDIAN);
        assertEquals(Reason.UNKNOWN_ENUM_VALUE, check(rejectedLength));
    }

    @Test
    void shouldNeverThrowOnWhateverArrives()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final SignedRequestView view = new SignedRequestView();
        for (int i = 0; i < 200_000; i++)
        {
            final int length = signedRequest();
            for (int j = random.nextInt(4); j > 0; j--)
            {
                frame.putByte(random.nextInt(length), (byte) random.nextInt());
            }

            final int cut = 0 == random.nextInt(3) ? random.nextInt(length + 1) : length;
            if (Reason.NONE == check(cut) && SignedRequestEncoder.TEMPLATE_ID == header.templateId())
            {
                view.wrap(frame, header);
                final int texts = view.path().capacity() + view.query().capacity() + view.headers().capacity() +
                    view.body().capacity() + view.signature().capacity();
                final int fixed = HEADER_LENGTH + SignedRequestEncoder.BLOCK_LENGTH + FrameAuthenticator.TAG_LENGTH;
                assertEquals(cut, fixed + 5 * 2 + texts, "seed=" + seed);
            }
        }
    }

    private void assertEveryLength(final int length)
    {
        assertEquals(Reason.NONE, check(length));
        for (int i = 0; i < length; i++)
        {
            assertEquals(Reason.FRAME_TRUNCATED, check(i), "length=" + i + " of " + length);
        }

        assertEquals(Reason.TRAILING_BYTES, check(length + 1));
    }

    private void assertChanged(final Reason expected, final int offset, final int length)
    {
        final short original = frame.getShort(offset);
        frame.putShort(offset, (short) 999, ByteOrder.LITTLE_ENDIAN);
        assertEquals(expected, check(length));
        frame.putShort(offset, original);
    }

    private Reason check(final int length)
    {
        header.wrap(frame, 0);
        return Reason.get(ReplyFrame.check(frame, 0, length));
    }

    private int signedRequest()
    {
        final SignedRequestEncoder encoder = new SignedRequestEncoder().wrapAndApplyHeader(frame, 0, headerEncoder)
            .sessionId(1).requestId(2).outcomeSequence(3).timestampMs(4).signNs(5).method(Method.GET)
            .path("/p").query("q=1").headers("A: b\n").body("{}").signature("ff");
        return HEADER_LENGTH + encoder.encodedLength() + FrameAuthenticator.TAG_LENGTH;
    }

    private int rejected()
    {
        final RejectedEncoder encoder = new RejectedEncoder().wrapAndApplyHeader(frame, 0, headerEncoder)
            .sessionId(1).requestId(2).recordSequence(3).reason(Reason.DEADLINE_PASSED)
            .field(Field.NULL_VAL).rule("rule");
        return HEADER_LENGTH + encoder.encodedLength() + FrameAuthenticator.TAG_LENGTH;
    }

    private int sessionOpened()
    {
        new SessionOpenedEncoder().wrapAndApplyHeader(frame, 0, headerEncoder)
            .correlationId(1).sessionId(2).gatewayStartNs(3).maxFrameLength(4);
        return HEADER_LENGTH + SessionOpenedEncoder.BLOCK_LENGTH + FrameAuthenticator.TAG_LENGTH;
    }

    private int challenge()
    {
        new ChallengeEncoder().wrapAndApplyHeader(frame, 0, headerEncoder).correlationId(1);
        return HEADER_LENGTH + ChallengeEncoder.BLOCK_LENGTH;
    }

    private int sessionRejected()
    {
        new SessionRejectedEncoder().wrapAndApplyHeader(frame, 0, headerEncoder)
            .correlationId(1).reason(Reason.TOO_MANY_SESSIONS);
        return HEADER_LENGTH + SessionRejectedEncoder.BLOCK_LENGTH;
    }
}
