package io.countersign.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.Reason;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each frame lies at the very end of its buffer, whose bounds checks would turn a read behind it into an exception. */
class FrameMutationTest
{
    private static final int TRIES = 100;
    private static final int LEAD = 24;
    private static final int OTHER = 65534;

    private static final int BLOCK_LENGTH_OFFSET = 0;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int SCHEMA_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;

    private final UnsafeBuffer encoded = new UnsafeBuffer(new byte[8 * 1024]);
    private final Seed seed = new Seed();
    private final Random random = seed.random();
    private RandomMessage message;
    private boolean fromBot;

    private enum Direction
    {
        FROM_BOT, TO_BOT
    }

    @ParameterizedTest
    @CsvSource({
        "FROM_BOT, Connect", "FROM_BOT, Prove", "FROM_BOT, Disconnect", "FROM_BOT, NewOrder",
        "FROM_BOT, CancelOrder", "FROM_BOT, QueryOrder", "FROM_BOT, QueryAccount", "FROM_BOT, CancelAll",
        "FROM_BOT, QueryOrders", "FROM_BOT, Login", "FROM_BOT, Transaction", "FROM_BOT, KeepAlive",
        "FROM_BOT, PresentAccessToken", "FROM_BOT, AskOutcome", "FROM_BOT, SetSwitch", "FROM_BOT, ReloadPolicy",
        "FROM_BOT, EnableExecution", "FROM_BOT, AskSwitches", "FROM_BOT, SignedCommand", "TO_BOT, Challenge",
        "TO_BOT, SessionOpened",
        "TO_BOT, SessionRejected", "TO_BOT, SessionClosed", "TO_BOT, AccessTokenAccepted", "TO_BOT, SignedRequest",
        "TO_BOT, Rejected", "TO_BOT, Outcome", "TO_BOT, CommandLine", "TO_BOT, CommandDone"})
    void shouldNameWhatIsWrong(final Direction direction, final String name)
    {
        fromBot = direction == Direction.FROM_BOT;
        message = new RandomMessage("wire", name, random);
        for (int i = 0; i < TRIES; i++)
        {
            final UnsafeBuffer frame = frame();
            assertReason(Reason.NONE, frame);
            shouldNameTruncation(frame);
            shouldNameTrailingBytes(frame);
            shouldNameHeaderFields(frame);
            shouldNameEnumValues(frame);
            shouldNameDecimals(frame);
            shouldNameTextsThatAreTooLong();
            shouldNeverThrow(frame);
        }
    }

    @Test
    void shouldRefuseReplyTemplatesFromBotsAndTheOtherWayRound()
    {
        for (final String name :
            List.of("Challenge", "SessionOpened", "SessionRejected", "SignedRequest", "Rejected"))
        {
            message = new RandomMessage("wire", name, random);
            final UnsafeBuffer frame = frame();
            assertEquals(Reason.UNKNOWN_TEMPLATE.value(), WireFrame.check(frame, LEAD, frame.capacity() - LEAD));
        }
        for (final String name : new String[]{"Connect", "Prove", "Disconnect", "NewOrder", "CancelOrder"})
        {
            message = new RandomMessage("wire", name, random);
            final UnsafeBuffer frame = frame();
            assertEquals(Reason.UNKNOWN_TEMPLATE.value(), ReplyFrame.check(frame, LEAD, frame.capacity() - LEAD));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "0, -1", "0, -2147483648", "0, 7", "0, 65", "0, 2147483647", "-1, 64", "-2147483648, 64", "64, 0",
        "64, 8", "60, 8", "2147483647, 2147483647", "2147483647, 8", "-8, 8", "-2147483648, -2147483648"})
    void shouldCallNonsensicalBoundsTruncated(final int offset, final int length)
    {
        final DirectBuffer buffer = new UnsafeBuffer(new byte[64]);
        assertEquals(Reason.FRAME_TRUNCATED.value(), WireFrame.check(buffer, offset, length));
        assertEquals(Reason.FRAME_TRUNCATED.value(), ReplyFrame.check(buffer, offset, length));
        assertEquals(Long.MIN_VALUE, WireFrame.requestId(buffer, offset, length));
    }

    @Test
    void shouldNeverThrowOnRandomBytes()
    {
        final int[] templates =
            {1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21, 22, 23, 50, 51, 52, 53, 54, 60, 61, 62, 70, 71};
        for (int i = 0; i < 100_000; i++)
        {
            final byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            final UnsafeBuffer frame = new UnsafeBuffer(bytes);
            if (bytes.length >= RandomMessage.HEADER_LENGTH && random.nextInt(8) != 0)
            {
                frame.putShort(SCHEMA_OFFSET, (short) 2601, ByteOrder.LITTLE_ENDIAN);
                frame.putShort(VERSION_OFFSET, (short) 3, ByteOrder.LITTLE_ENDIAN);
                final int template = templates[random.nextInt(templates.length)];
                frame.putShort(TEMPLATE_OFFSET, (short) template, ByteOrder.LITTLE_ENDIAN);
            }
            assertKnown(WireFrame.check(frame, 0, bytes.length));
            assertKnown(ReplyFrame.check(frame, 0, bytes.length));
            WireFrame.requestId(frame, 0, bytes.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "NewOrder", "CancelOrder", "QueryOrder", "QueryAccount", "CancelAll", "QueryOrders", "Login",
        "Transaction", "PresentAccessToken", "AskOutcome", "SetSwitch", "ReloadPolicy", "EnableExecution",
        "AskSwitches", "SignedCommand"})
    void shouldReadTheRequestIdOfAFrameThatEndsBehindIt(final String name)
    {
        message = new RandomMessage("wire", name, random);
        final UnsafeBuffer frame = frame();
        final long requestId = 0x0102030405060708L;
        frame.putLong(LEAD + 32, requestId, ByteOrder.LITTLE_ENDIAN);
        for (int length = 0; length <= frame.capacity() - LEAD; length++)
        {
            assertEquals(length < 40 ? Long.MIN_VALUE : requestId, WireFrame.requestId(frame, LEAD, length));
        }

        frame.putShort(LEAD + BLOCK_LENGTH_OFFSET, (short) 32, ByteOrder.LITTLE_ENDIAN);
        assertEquals(requestId, WireFrame.requestId(frame, LEAD, frame.capacity() - LEAD));
        frame.putShort(LEAD + BLOCK_LENGTH_OFFSET, (short) 31, ByteOrder.LITTLE_ENDIAN);
        assertEquals(Long.MIN_VALUE, WireFrame.requestId(frame, LEAD, frame.capacity() - LEAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connect", "Prove", "Disconnect", "KeepAlive", "SignedRequest", "Rejected"})
    void shouldReadNoRequestIdOfWhatIsNoRequest(final String name)
    {
        message = new RandomMessage("wire", name, random);
        final UnsafeBuffer frame = frame();
        assertEquals(Long.MIN_VALUE, WireFrame.requestId(frame, LEAD, frame.capacity() - LEAD));
    }

    private void shouldNameTruncation(final UnsafeBuffer frame)
    {
        final int frameLength = frame.capacity() - LEAD;
        for (int length = 0; length < frameLength; length++)
        {
            final UnsafeBuffer shorter = new UnsafeBuffer(new byte[LEAD + length]);
            shorter.putBytes(0, frame, 0, LEAD + length);
            assertReason(Reason.FRAME_TRUNCATED, shorter);
        }
    }

    private void shouldNameTrailingBytes(final UnsafeBuffer frame)
    {
        for (int extra = 1; extra < 4; extra++)
        {
            final UnsafeBuffer longer = new UnsafeBuffer(new byte[frame.capacity() + extra]);
            longer.putBytes(0, frame, 0, frame.capacity());
            assertReason(Reason.TRAILING_BYTES, longer);
        }
    }

    private void shouldNameHeaderFields(final UnsafeBuffer frame)
    {
        shouldNameHeaderField(frame, SCHEMA_OFFSET, Reason.UNKNOWN_SCHEMA, 0, 2600, 2602, OTHER);
        shouldNameHeaderField(frame, VERSION_OFFSET, Reason.UNKNOWN_VERSION, 0, 1, 2, 4, 259, OTHER);
        shouldNameHeaderField(frame, TEMPLATE_OFFSET, Reason.UNKNOWN_TEMPLATE, 0, 7, 9, 18, 25, 63, OTHER);
        final int blockLength = message.blockLength();
        shouldNameHeaderField(frame, BLOCK_LENGTH_OFFSET, Reason.WRONG_BLOCK_LENGTH,
            0, blockLength - 1, blockLength + 1, blockLength + 256, OTHER);
    }

    private void shouldNameHeaderField(
        final UnsafeBuffer frame, final int fieldOffset, final Reason reason, final int... values)
    {
        for (final int value : values)
        {
            final UnsafeBuffer mutated = copy(frame);
            mutated.putShort(LEAD + fieldOffset, (short) value, ByteOrder.LITTLE_ENDIAN);
            assertReason(reason, mutated);
        }
    }

    private void shouldNameEnumValues(final UnsafeBuffer frame)
    {
        for (final String field : message.fields())
        {
            if (!message.isEnum(field))
            {
                continue;
            }
            final boolean wide = message.enumOf(field) == Reason.class;
            final int position = LEAD + RandomMessage.HEADER_LENGTH + message.encodingOffset(field);
            for (int value = 0; value < 256; value++)
            {
                final int raw = wide && value > 127 ? 0xFF00 | value : value;
                final UnsafeBuffer mutated = copy(frame);
                mutated.putByte(position, (byte) raw);
                if (wide)
                {
                    mutated.putByte(position + 1, (byte) (raw >> 8));
                }
                assertReason(isListed(field, raw) ? Reason.NONE : Reason.UNKNOWN_ENUM_VALUE, mutated);
            }
        }
    }

    private boolean isListed(final String field, final int raw)
    {
        for (final Object constant : message.enumOf(field).getEnumConstants())
        {
            final boolean isNull = constant.toString().equals("NULL_VAL");
            if (!constant.toString().equals("SBE_UNKNOWN") && (!isNull || message.isOptional(field)) &&
                raw == rawValue(constant))
            {
                return true;
            }
        }
        return false;
    }

    private static int rawValue(final Object constant)
    {
        try
        {
            return ((Number) constant.getClass().getMethod("value").invoke(constant)).intValue();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private void shouldNameDecimals(final UnsafeBuffer frame)
    {
        for (final String field : message.fields())
        {
            if (!message.isDecimal(field))
            {
                continue;
            }
            final int position = LEAD + RandomMessage.HEADER_LENGTH + message.encodingOffset(field);
            for (int exponent = Byte.MIN_VALUE; exponent <= Byte.MAX_VALUE; exponent++)
            {
                final UnsafeBuffer mutated = copy(frame);
                mutated.putLong(position, random.nextLong() >>> 1, ByteOrder.LITTLE_ENDIAN);
                mutated.putByte(position + 8, (byte) exponent);
                assertReason(Math.abs(exponent) <= 18 ? Reason.NONE : Reason.FIELD_OUT_OF_RANGE, mutated);
                mutated.putLong(position, Long.MIN_VALUE, ByteOrder.LITTLE_ENDIAN);
                assertReason(Reason.NONE, mutated);
            }
        }
    }

    private void shouldNameTextsThatAreTooLong()
    {
        for (final String text : message.texts())
        {
            if (message.headerLength(text) == 1 && !"comment".equals(text))
            {
                final int length = 65 + random.nextInt(190);
                final UnsafeBuffer frame = frameWith(text, length);
                assertReason(Reason.FIELD_OUT_OF_RANGE, frame);
                assertReason(Reason.NONE, frameWith(text, 64));
            }
            if ("data".equals(text))
            {
                assertReason(Reason.FIELD_OUT_OF_RANGE, frameWith(text, 321 + random.nextInt(2_000)));
                assertReason(Reason.NONE, frameWith(text, 320));
            }
        }
    }

    private void shouldNeverThrow(final UnsafeBuffer frame)
    {
        final int frameLength = frame.capacity() - LEAD;
        for (int i = 0; i < 100; i++)
        {
            final UnsafeBuffer mutated = copy(frame);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--)
            {
                final int position = LEAD + random.nextInt(frameLength);
                mutated.putByte(position, (byte) (mutated.getByte(position) ^ 1 << random.nextInt(8)));
            }
            assertConsistent(mutated);
        }
        // The positions are those of the frame that was encoded last.
        final UnsafeBuffer lying = frame();
        message.textPositions().forEach((text, position) ->
        {
            for (int length = 0; length < 256; length++)
            {
                final UnsafeBuffer mutated = copy(lying);
                mutated.putByte(LEAD + position, (byte) length);
                assertConsistent(mutated);
            }
        });
    }

    /** What passes is what the generated decoder walks to its last byte. */
    private void assertConsistent(final UnsafeBuffer frame)
    {
        final int length = frame.capacity() - LEAD;
        final int reason = check(frame, length);
        assertKnown(reason);
        if (reason == 0 && frame.getShort(LEAD + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) == message.templateId())
        {
            assertEquals(length - tagLength(), message.decodedLength(frame, LEAD), seed);
        }
    }

    private void assertKnown(final int reason)
    {
        final Reason known = Reason.get(reason);
        assertNotNull(known);
        assertTrue(known != Reason.SBE_UNKNOWN && known != Reason.NULL_VAL, seed);
    }

    private void assertReason(final Reason expected, final UnsafeBuffer frame)
    {
        assertEquals(expected, Reason.get(check(frame, frame.capacity() - LEAD)), seed);
    }

    private int check(final UnsafeBuffer frame, final int length)
    {
        return fromBot ? WireFrame.check(frame, LEAD, length) : ReplyFrame.check(frame, LEAD, length);
    }

    private UnsafeBuffer frame()
    {
        return frameWith(null, 0);
    }

    private UnsafeBuffer frameWith(final String text, final int textLength)
    {
        final int length = message.encode(encoded, 0, 64, text, textLength);
        final byte[] bytes = new byte[LEAD + length + tagLength()];
        random.nextBytes(bytes);
        final UnsafeBuffer frame = new UnsafeBuffer(bytes);
        frame.putBytes(LEAD, encoded, 0, length);
        return frame;
    }

    private int tagLength()
    {
        return message.hasTag() ? FrameAuthenticator.TAG_LENGTH : 0;
    }

    private static UnsafeBuffer copy(final UnsafeBuffer frame)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[frame.capacity()]);
        copy.putBytes(0, frame, 0, frame.capacity());
        return copy;
    }
}
