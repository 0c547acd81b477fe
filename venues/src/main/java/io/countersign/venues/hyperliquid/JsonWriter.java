package io.countersign.venues.hyperliquid;

import io.countersign.venues.text.JsonText;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Writes an action as JSON without white space. Free of allocation after construction; not thread-safe.
 */
final class JsonWriter implements ActionWriter
{
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private TextWriter out;
    private boolean isFirst;

    /**
     * Begin.
     *
     * @param writer to append to.
     * @return this.
     */
    JsonWriter wrap(final TextWriter writer)
    {
        out = writer;
        isFirst = true;
        return this;
    }

    @Override
    public void beginMap(final int size)
    {
        begin((byte) '{');
    }

    @Override
    public void endMap()
    {
        end((byte) '}');
    }

    @Override
    public void beginArray(final int size)
    {
        begin((byte) '[');
    }

    @Override
    public void endArray()
    {
        end((byte) ']');
    }

    @Override
    public void name(final byte[] name)
    {
        text(name);
        out.put((byte) ':');
        isFirst = true;
    }

    @Override
    public void text(final byte[] text)
    {
        separate();
        out.put((byte) '"').put(text).put((byte) '"');
    }

    @Override
    public void text(final DirectBuffer text, final int offset, final int length)
    {
        separate();
        out.put((byte) '"');
        JsonText.append(out, text, offset, length);
        out.put((byte) '"');
    }

    @Override
    public void number(final long value)
    {
        separate();
        out.putLong(value);
    }

    @Override
    public void flag(final boolean value)
    {
        separate();
        out.put(value ? TRUE : FALSE);
    }

    private void begin(final byte bracket)
    {
        separate();
        out.put(bracket);
        isFirst = true;
    }

    private void end(final byte bracket)
    {
        out.put(bracket);
        isFirst = false;
    }

    private void separate()
    {
        if (!isFirst)
        {
            out.put((byte) ',');
        }
        isFirst = false;
    }
}
