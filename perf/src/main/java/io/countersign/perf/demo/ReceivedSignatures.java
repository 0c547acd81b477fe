package io.countersign.perf.demo;

import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every signature that a bot received, with the journal sequence of its outcome. Kept in arrays, so that keeping them
 * costs a measured round trip nothing.
 */
final class ReceivedSignatures
{
    private static final int MAX_SIGNATURE_LENGTH = 128;

    private final List<String> lines = new ArrayList<>();
    private long[] sequences = new long[0];
    private byte[] texts = new byte[0];
    private byte[] lengths = new byte[0];
    private int count;

    void expect(final int capacity)
    {
        sequences = new long[capacity];
        texts = new byte[capacity * MAX_SIGNATURE_LENGTH];
        lengths = new byte[capacity];
        Arrays.fill(texts, (byte) 0);
    }

    void add(final long outcomeSequence, final String signature)
    {
        lines.add(outcomeSequence + " " + signature);
    }

    void add(final long outcomeSequence, final DirectBuffer signature)
    {
        sequences[count] = outcomeSequence;
        lengths[count] = (byte) signature.capacity();
        signature.getBytes(0, texts, count * MAX_SIGNATURE_LENGTH, signature.capacity());
        count++;
    }

    List<String> lines()
    {
        for (int i = 0; i < count; i++)
        {
            lines.add(sequences[i] + " " +
                new String(texts, i * MAX_SIGNATURE_LENGTH, lengths[i], StandardCharsets.US_ASCII));
        }
        count = 0;
        return lines;
    }
}
