package io.countersign.ops.audit;

import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;
import io.countersign.ops.StandardOutput;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where lines go: a file, or the command's output. What was written is handed on when there is enough of it.
 */
final class LineOutput implements AutoCloseable
{
    private static final int ENOUGH = 1 << 16;

    private final LineBuffer buffer = new LineBuffer();
    private final PrintWriter writer;
    private final OutputStream stream;
    private final Path file;

    private LineOutput(final PrintWriter writer, final OutputStream stream, final Path file)
    {
        this.writer = writer;
        this.stream = stream;
        this.file = file;
    }

    /** The command's own output. */
    static LineOutput to(final PrintWriter out)
    {
        return new LineOutput(out, StandardOutput.streamOf(out), null);
    }

    /** A new file; one that is there is replaced. */
    static LineOutput to(final Path file)
    {
        try
        {
            return new LineOutput(null, Files.newOutputStream(file), file);
        }
        catch (final IOException ex)
        {
            throw cannotBeWritten(file, ex);
        }
    }

    LineBuffer buffer()
    {
        return buffer;
    }

    /** At the end of a line; false when nobody reads the output any more. */
    boolean onLine()
    {
        return buffer.length() < ENOUGH || flush();
    }

    boolean flush()
    {
        try
        {
            if (null != stream)
            {
                buffer.writeTo(stream);
                stream.flush();
                return true;
            }
            writer.write(buffer.toString());
            writer.flush();
            return !writer.checkError();
        }
        catch (final IOException ex)
        {
            if (null != file)
            {
                throw cannotBeWritten(file, ex);
            }
            return false;
        }
        finally
        {
            buffer.cut(0);
        }
    }

    @Override
    public void close()
    {
        if (null != file)
        {
            try
            {
                stream.close();
            }
            catch (final IOException ex)
            {
                throw cannotBeWritten(file, ex);
            }
        }
    }

    private static CommandException cannotBeWritten(final Path file, final IOException ex)
    {
        return new CommandException(file + " cannot be written: " + FileErrors.reason(ex));
    }
}
