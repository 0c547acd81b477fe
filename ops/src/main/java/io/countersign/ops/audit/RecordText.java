package io.countersign.ops.audit;

import org.agrona.DirectBuffer;

/**
 * One record as {@code audit replay} prints it.
 */
public final class RecordText
{
    private RecordText()
    {
    }

    /**
     * A line.
     *
     * @param buffer with the record.
     * @param offset at which its message header begins.
     * @param length without the checksum.
     * @param isJson rather than for people.
     * @return the line, without its end.
     */
    public static String of(final DirectBuffer buffer, final int offset, final int length, final boolean isJson)
    {
        final StringBuilder line = new StringBuilder();
        final RecordPrinter printer = isJson ? new JsonPrinter() : new LinePrinter();
        printer.print(new RecordDecoder().decode(buffer, offset, length), line);
        return line.toString();
    }
}
