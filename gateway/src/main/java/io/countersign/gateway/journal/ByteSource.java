package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a cycle file, wherever they are. One thread at a time.
 */
public interface ByteSource extends AutoCloseable
{
    /** What stands in place of each byte that cannot be had. No document begins with four of them. */
    byte DAMAGED = (byte) 0xFF;

    /**
     * How many there are at present.
     *
     * @return length in bytes.
     * @throws IOException when the operating system refuses to tell.
     */
    long size() throws IOException;

    /**
     * Copies bytes into what remains of a buffer, as many as there are.
     *
     * @param target   to fill.
     * @param position of the first byte.
     * @return number of bytes, which may be less than what remains; 0 or less at the end.
     * @throws IOException when the operating system refuses to read. Bytes that are there, but damaged so that nothing
     *                     can be known of them, are {@link #DAMAGED} instead.
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Whether a byte is damaged.
     *
     * @param position of the byte.
     * @return position behind the last damaged byte of those that begin there; the position itself where it is sound.
     * @throws IOException when the operating system refuses to read.
     */
    default long damagedUpTo(final long position) throws IOException
    {
        return position;
    }

    /**
     * Closes the file.
     *
     * @throws IOException when the operating system refuses.
     */
    @Override
    void close() throws IOException;
}
