package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ServiceLoader;

/**
 * The bytes of a cycle file as it is.
 */
final class FileSource implements ByteSource
{
    private final FileChannel channel;

    private FileSource(final Path path) throws IOException
    {
        channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Of a file as it is, or of a compressed one. */
    static ByteSource open(final Path path) throws IOException
    {
        return path.toString().endsWith(CompressedCycles.SUFFIX) ? Compressed.open(path) : new FileSource(path);
    }

    @Override
    public long size() throws IOException
    {
        return channel.size();
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException
    {
        return channel.read(target, position);
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }

    /** Looked for when the first compressed file is opened, not before. */
    private static final class Compressed
    {
        private static final CompressedCycles CYCLES = ServiceLoader
            .load(CompressedCycles.class, CompressedCycles.class.getClassLoader())
            .findFirst()
            .orElse(null);

        static ByteSource open(final Path path) throws IOException
        {
            if (null == CYCLES)
            {
                throw new FileSystemException(
                    path.toString(), null, path.getFileName() + " is compressed; restore it with zstd -d");
            }

            return CYCLES.open(path);
        }
    }
}
