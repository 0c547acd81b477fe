package io.countersign.ops.verify;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.gateway.journal.JournalReader;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The record that a reader stands at. Nothing of it can be read behind its end.
 */
final class JournalRecord
{
    private static final int UTC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;
    private static final int MONOTONIC_OFFSET = UTC_OFFSET + Long.BYTES;
    private static final int VERSION_OFFSET = 6;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private JournalReader reader;
    private int templateId;
    private Path file;
    private String fileName;

    void wrap(final JournalReader journalReader)
    {
        reader = journalReader;
        buffer.wrap(reader.buffer(), reader.offset(), reader.length());
        templateId = reader.templateId();
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /** To wrap a decoder with. */
    MessageHeaderDecoder header()
    {
        return header;
    }

    int length()
    {
        return buffer.capacity();
    }

    int templateId()
    {
        return templateId;
    }

    int version()
    {
        return buffer.getShort(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    long sequence()
    {
        return reader.sequence();
    }

    long utcNs()
    {
        return buffer.getLong(UTC_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    long monotonicNs()
    {
        return buffer.getLong(MONOTONIC_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    Place place()
    {
        if (file != reader.file())
        {
            file = reader.file();
            fileName = file.getFileName().toString();
        }
        return new Place(reader.sequence(), fileName, reader.fileOffset());
    }
}
