package io.countersign.ops;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The standard output of this process, in UTF-8, for lines and for bytes that are UTF-8 already: a journal is read
 * faster than characters can be encoded.
 */
public final class StandardOutput extends PrintWriter
{
    private final OutputStream stream;

    private StandardOutput(final OutputStream stream)
    {
        super(stream, true, StandardCharsets.UTF_8);
        this.stream = stream;
    }

    /**
     * The standard output of this process.
     *
     * @return flushed at the end of each line that is printed.
     */
    public static StandardOutput ofProcess()
    {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    /**
     * Where the bytes of a writer go.
     *
     * @param writer that a command prints to.
     * @return takes UTF-8, unbuffered, behind what was printed before; null for a writer that is not one of these.
     */
    public static OutputStream streamOf(final PrintWriter writer)
    {
        if (writer instanceof StandardOutput output)
        {
            output.flush();
            return output.stream;
        }
        return null;
    }
}
