package io.countersign.gateway.journal;

import java.nio.file.Path;

/**
 * A file system that can be told to fail.
 */
final class FaultyBlocks implements Blocks
{
    private final Blocks real;
    private int error;
    private long usable = -1;

    FaultyBlocks(final Blocks real)
    {
        this.real = real;
    }

    /** What every call is answered; 0 lets them through. */
    void failWith(final int errno)
    {
        error = errno;
    }

    void usable(final long bytes)
    {
        usable = bytes;
    }

    @Override
    public int make(final Path file, final long length)
    {
        return 0 == error ? real.make(file, length) : error;
    }

    @Override
    public int reserve(final Path file, final long offset, final long length)
    {
        return 0 == error ? real.reserve(file, offset, length) : error;
    }

    @Override
    public int release(final Path file, final long offset)
    {
        return 0 == error ? real.release(file, offset) : error;
    }

    @Override
    public int probe()
    {
        return 0 == error || Errno.EOPNOTSUPP == error ? real.probe() : error;
    }

    @Override
    public long usableBytes()
    {
        return usable < 0 ? real.usableBytes() : usable;
    }
}
