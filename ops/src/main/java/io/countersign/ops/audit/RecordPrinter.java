package io.countersign.ops.audit;

/**
 * One way of writing a record as one line of text, without the line's end.
 */
interface RecordPrinter
{
    /**
     * Appends the line.
     *
     * @param record to be written.
     * @param out    to append to.
     */
    void print(AuditRecord record, StringBuilder out);
}
