package io.countersign.perf.process;

import io.aeron.ExclusivePublication;
import io.aeron.LogBuffers;
import io.aeron.logbuffer.LogBufferDescriptor;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.file.Path;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

/**
 * A bot's stream to the gateway, mapped a second time by somebody who can open the directory: reads, changes and adds
 * what the gateway is about to read.
 */
final class MappedStream implements AutoCloseable
{
    private static final short DATA_UNFRAGMENTED = (short) 0x00C0;

    private final ExclusivePublication publication;
    private final LogBuffers logBuffers;
    private final UnsafeBuffer[] terms;

    MappedStream(final Path aeronDirectory, final ExclusivePublication publication)
    {
        this.publication = publication;
        logBuffers = new LogBuffers(
            aeronDirectory.resolve("publications").resolve(publication.registrationId() + ".logbuffer").toString());
        terms = logBuffers.duplicateTermBuffers();
    }

    /** Where the payload of the next frame goes in {@link #term()}. */
    int nextPayload()
    {
        return publication.termOffset() + HEADER_LENGTH;
    }

    UnsafeBuffer term()
    {
        return terms[LogBufferDescriptor.indexByTermCount(publication.termId() - publication.initialTermId())];
    }

    /** Puts a frame behind the last one, as the publication itself would. */
    void add(final int termOffset, final byte[] payload)
    {
        final UnsafeBuffer term = term();
        final int length = payload.length + HEADER_LENGTH;
        term.setMemory(termOffset + length, BitUtil.align(length, 32) - length + HEADER_LENGTH, (byte) 0);
        term.putBytes(termOffset + HEADER_LENGTH, payload);
        term.putByte(termOffset + 4, (byte) 0);
        term.putByte(termOffset + 5, (byte) DATA_UNFRAGMENTED);
        term.putShort(termOffset + 6, (short) 1, ByteOrder.LITTLE_ENDIAN);
        term.putInt(termOffset + 8, termOffset, ByteOrder.LITTLE_ENDIAN);
        term.putInt(termOffset + 12, publication.sessionId(), ByteOrder.LITTLE_ENDIAN);
        term.putInt(termOffset + 16, publication.streamId(), ByteOrder.LITTLE_ENDIAN);
        term.putInt(termOffset + 20, publication.termId(), ByteOrder.LITTLE_ENDIAN);
        term.putLong(termOffset + 24, 0);
        term.putIntOrdered(termOffset, length);
    }

    /** Where the frame behind one of this length goes. */
    static int behind(final int termOffset, final int payloadLength)
    {
        return termOffset + BitUtil.align(payloadLength + HEADER_LENGTH, 32);
    }

    @Override
    public void close()
    {
        logBuffers.close();
    }
}
