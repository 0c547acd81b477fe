package io.countersign.gateway.journal;

import java.nio.file.Path;

/**
 * A run of bytes that cannot be read, or what else there is to tell of a journal.
 */
final class Fault
{
    private Path file;
    private long offset;
    private long length;
    private String text;

    /** Bytes that cannot be read, behind others of that kind or the first. */
    void note(final CycleFile cycleFile)
    {
        if (null == file)
        {
            file = cycleFile.path();
            offset = cycleFile.documentOffset();
            length = 0;
            text = cycleFile.fault();
        }

        length += cycleFile.documentLength();
    }

    void text(final String what)
    {
        text = what;
    }

    void text(final String what, final long bytes)
    {
        text = what;
        length = bytes;
    }

    void forget()
    {
        file = null;
        text = null;
        length = 0;
    }

    boolean isThere()
    {
        return null != file;
    }

    Path file()
    {
        return file;
    }

    long offset()
    {
        return offset;
    }

    long length()
    {
        return length;
    }

    String text()
    {
        return null == text ? "" : text;
    }
}
