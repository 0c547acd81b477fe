package io.countersign.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.NoiseEncoder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest
{
    private static final int TRIES = 500;
    private static final Pattern MESSAGE = Pattern.compile("<sbe:message name=\"(\\w+)\"");

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16 * 1024]);
    private final Seed seed = new Seed();
    private final Random random = seed.random();

    static List<String> wireMessages() throws Exception
    {
        return messages("wire");
    }

    static List<String> journalMessages() throws Exception
    {
        return messages("journal");
    }

    @ParameterizedTest
    @MethodSource("wireMessages")
    void shouldReadBackEveryWireMessage(final String name)
    {
        shouldReadBack("wire", name, 64);
    }

    @ParameterizedTest
    @MethodSource("journalMessages")
    void shouldReadBackEveryJournalMessage(final String name)
    {
        shouldReadBack("journal", name, 254);
    }

    @Test
    void shouldReadBackGroups()
    {
        for (int i = 0; i < TRIES; i++)
        {
            final int count = random.nextInt(5);
            final long[] occurrences = random.longs(count).toArray();
            final NoiseEncoder encoder = new NoiseEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .sequence(i);
            final NoiseEncoder.FramesEncoder frames = encoder.framesCount(count);
            for (int j = 0; j < count; j++)
            {
                frames.next().reason(65534 - j).occurrences(occurrences[j]);
            }

            final NoiseDecoder decoder = new NoiseDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
            assertEquals(i, decoder.sequence());
            final NoiseDecoder.FramesDecoder read = decoder.frames();
            assertEquals(count, read.count(), seed);
            for (int j = 0; j < count; j++)
            {
                read.next();
                assertEquals(65534 - j, read.reason(), seed);
                assertEquals(occurrences[j], read.occurrences(), seed);
            }
            assertEquals(encoder.limit(), decoder.limit(), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wire", "journal"})
    void shouldFindTheMessagesOfASchema(final String schema) throws Exception
    {
        assertTrue(messages(schema).size() >= 10, () -> schema + " lists too few messages");
    }

    private void shouldReadBack(final String schema, final String name, final int maxTextLength)
    {
        final RandomMessage message = new RandomMessage(schema, name, random);
        for (int i = 0; i < TRIES; i++)
        {
            buffer.setMemory(0, buffer.capacity(), (byte) random.nextInt());
            final int offset = random.nextInt(64);
            final int length = message.encode(buffer, offset, maxTextLength);

            message.verify(buffer, offset, seed);
            assertEquals(length, message.decodedLength(buffer, offset), seed);
        }
    }

    private static List<String> messages(final String schema) throws Exception
    {
        final List<String> names = new ArrayList<>();
        try (InputStream in = RoundTripTest.class.getResourceAsStream("/sbe/" + schema + ".xml"))
        {
            final Matcher matcher = MESSAGE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (matcher.find())
            {
                names.add(matcher.group(1));
            }
        }
        return names;
    }
}
