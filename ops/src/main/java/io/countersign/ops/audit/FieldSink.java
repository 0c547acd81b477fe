package io.countersign.ops.audit;

/**
 * Takes the fields of records one after the other, in the order in which they are printed. Nothing that is handed over
 * may be kept: spans are valid until the next record. Each field has its name in JSON, and the prefix that precedes its
 * value in a line of text; a null prefix leaves it out of lines.
 */
public interface FieldSink
{
    /**
     * A record begins; what there was of one that was not ended is to be forgotten.
     *
     * @param sequence of the record.
     * @param utcNs    nanoseconds since 1970 UTC.
     * @param type     name of its template in the journal's schema.
     */
    void begin(long sequence, long utcNs, String type);

    /**
     * Whom it is about; comes before all other fields.
     *
     * @param name of the principal.
     */
    void principal(Span name);

    /**
     * What it is about; comes before all fields but the principal.
     *
     * @param alias of the key.
     */
    void key(Span alias);

    /**
     * A number.
     *
     * @param name   of the field.
     * @param prefix in lines.
     * @param value  of it.
     */
    void number(String name, String prefix, long value);

    /**
     * A text that may hold anything.
     *
     * @param name   of the field.
     * @param prefix in lines.
     * @param value  of it.
     */
    void text(String name, String prefix, Span value);

    /**
     * A word out of the schemas.
     *
     * @param name   of the field.
     * @param prefix in lines.
     * @param value  printable ASCII without quotation marks and backslashes.
     */
    void symbol(String name, String prefix, String value);

    /**
     * A number that is written as 16 hexadecimal digits.
     *
     * @param name   of the field.
     * @param prefix in lines.
     * @param value  of it.
     */
    void hexNumber(String name, String prefix, long value);

    /**
     * An exact decimal: in JSON a string, so that no reader makes a floating-point number of it.
     *
     * @param name     of the field.
     * @param prefix   in lines.
     * @param mantissa of the number.
     * @param exponent of ten, -18 to 18.
     */
    void decimal(String name, String prefix, long mantissa, int exponent);

    /**
     * Bytes, written in hexadecimal.
     *
     * @param name   of the field.
     * @param prefix in lines.
     * @param value  of it.
     */
    void hex(String name, String prefix, Span value);

    /**
     * The bytes that were signed: the last field, as text.
     *
     * @param name  of the field.
     * @param value of it.
     */
    void payload(String name, Span value);

    /**
     * The fields up to {@link #unnest()} belong to this one.
     *
     * @param name of the field.
     */
    void nest(String name);

    /**
     * The end of what {@link #nest} began.
     */
    void unnest();
}
