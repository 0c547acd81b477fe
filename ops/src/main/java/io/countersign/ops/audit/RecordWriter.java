package io.countersign.ops.audit;

/**
 * One way of writing records, a line each. Between the last field of a record and {@link #end()}, it may be told more.
 */
interface RecordWriter extends FieldSink
{
    /**
     * Writes what stands before the first record.
     */
    void head();

    /**
     * The record itself.
     *
     * @param record its bytes without checksum.
     * @param file   name of the cycle file that it stands in.
     * @param offset in that file, of its document header.
     */
    void raw(Span record, String file, long offset);

    /**
     * That another decision comes out than was recorded.
     *
     * @param difference what was recorded and what comes out.
     */
    void redecided(Difference difference);

    /**
     * The record is over, and so is its line.
     */
    void end();
}
