package io.countersign.ops.audit;

import org.agrona.DirectBuffer;

/**
 * What a record says, as a line of text has it behind time and type: escaped, so that it is harmless on a terminal. For
 * one thread.
 */
public final class RecordText
{
    private final LineBuffer out = new LineBuffer();
    private final TextWriter writer = new TextWriter(out);
    private final RecordDecoder decoder = new RecordDecoder();

    /**
     * For any number of records.
     */
    public RecordText()
    {
    }

    /**
     * Decode one record.
     *
     * @param buffer holds it.
     * @param offset of its message header.
     * @param length of it in bytes, without its checksum.
     * @return its fields.
     */
    public String of(final DirectBuffer buffer, final int offset, final int length)
    {
        decoder.decode(buffer, offset, length, writer);
        final String text = out.toString().substring(writer.fieldsStart()).strip();
        writer.end();
        out.cut(0);
        return text;
    }

    /**
     * One record as {@code audit replay} prints it.
     *
     * @param buffer holds it.
     * @param offset of its message header.
     * @param length of it in bytes, without its checksum.
     * @param isJson rather than for people.
     * @return the line, without its end.
     */
    public static String line(
        final DirectBuffer buffer, final int offset, final int length, final boolean isJson)
    {
        final LineBuffer line = new LineBuffer();
        final RecordWriter writer = isJson ? new JsonWriter(line, false) : new TextWriter(line);
        new RecordDecoder().decode(buffer, offset, length, writer);
        writer.end();
        return line.toString().stripTrailing();
    }
}
