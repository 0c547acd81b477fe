package io.countersign.gateway.journal;

import org.agrona.DirectBuffer;

/**
 * The audit journal as the gateway agent sees it: records go in, one after the other, and none is ever changed.
 * <p>
 * One thread at a time appends. A journal that could not be written once is failed for good, because nobody can say
 * what of the failing record reached the file: the next start finds out (see the package's documentation).
 */
public interface Journal extends AutoCloseable
{
    /**
     * Longest record in bytes, without its checksum: PolicyInForce with a configuration of 1 MiB, and some room.
     */
    int MAX_RECORD_LENGTH = (1 << 20) + (64 << 10);

    /**
     * Appends one record and its CRC-32C (4 bytes, little endian). When this returns true, the record survives the
     * death of the process; it survives the loss of power only after {@link #sync()}.
     * <p>
     * Allocates nothing after the first calls, takes no lock and throws nothing.
     *
     * @param record holds the record, from its message header on, without the checksum.
     * @param offset at which the record begins.
     * @param length of the record in bytes, 1 to {@link #MAX_RECORD_LENGTH}.
     * @return true when the record is in the journal; false when it is not or may not be: then the journal has failed,
     * or the room kept for it is used up and nothing was written.
     */
    boolean append(DirectBuffer record, int offset, int length);

    /**
     * Whether one more request may begin; what belongs to those in hand may be appended in any case. Costs two reads of
     * memory.
     *
     * @return ENOUGH where no room is kept.
     */
    default Room room()
    {
        return Room.ENOUGH;
    }

    /**
     * Whether the journal has failed. It never recovers from that within one process.
     *
     * @return true when nothing more can be appended.
     */
    boolean isFailed();

    /**
     * Waits until everything appended so far is on the storage device. May be called by any thread; they take turns.
     * When the device refuses, the journal has failed: see {@link #isFailed()}.
     */
    void sync();

    /**
     * Releases the journal's files. Throws nothing.
     */
    @Override
    void close();
}
