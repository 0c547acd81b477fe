package io.countersign.ops.verify;

/**
 * What kinds of records the last 16,777,216 were, by their sequences.
 */
final class RecentTemplates
{
    static final int CAPACITY = 1 << 24;
    static final int UNKNOWN = -1;

    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
    private static final int CHUNKS_MASK = (CAPACITY >> CHUNK_BITS) - 1;

    private final byte[][] chunks = new byte[CAPACITY >> CHUNK_BITS][];
    private long first = -1;
    private long last;

    void add(final long sequence, final int templateId)
    {
        // What stands behind a gap or a repetition is told apart from what stood there before.
        first = sequence == last + 1 && first >= 0 ? first : sequence;
        last = sequence;
        final int chunk = (int) (sequence >>> CHUNK_BITS) & CHUNKS_MASK;
        if (null == chunks[chunk])
        {
            chunks[chunk] = new byte[1 << CHUNK_BITS];
        }
        chunks[chunk][(int) sequence & CHUNK_MASK] = (byte) templateId;
    }

    /** Template id of a record, {@link #UNKNOWN} when it is too far back. */
    int of(final long sequence)
    {
        return sequence < first || sequence > last || sequence <= last - CAPACITY ? UNKNOWN :
            chunks[(int) (sequence >>> CHUNK_BITS) & CHUNKS_MASK][(int) sequence & CHUNK_MASK] & 0xFF;
    }
}
