package io.countersign.ops.archive;

import io.countersign.gateway.journal.ByteSource;
import io.countersign.gateway.journal.CompressedCycles;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lets every command read compressed cycles.
 */
public final class ZstdCycles implements CompressedCycles
{
    /**
     * For {@link java.util.ServiceLoader}.
     */
    public ZstdCycles()
    {
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public ByteSource open(final Path file) throws IOException
    {
        return new ZstdSource(file);
    }
}
