package io.countersign.venues.hyperliquid;

import org.agrona.DirectBuffer;

/**
 * Takes an action piece by piece, in the order in which it is written: once as the JSON that is sent, once as the
 * MessagePack that is hashed. Faults are those of the writer below.
 */
interface ActionWriter
{
    void beginMap(int size);

    void endMap();

    void beginArray(int size);

    void endArray();

    /** The name of the value that comes next. */
    void name(byte[] name);

    /** A text that this program chose. */
    void text(byte[] text);

    /** A text of digits, letters and points alone. */
    void text(DirectBuffer text, int offset, int length);

    /** A number from 0. */
    void number(long value);

    void flag(boolean value);
}
