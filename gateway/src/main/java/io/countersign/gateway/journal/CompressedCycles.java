package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads cycle files that were compressed. Found by {@link java.util.ServiceLoader} when the first such file is opened.
 * The gateway's process has none: what it reads is never compressed.
 */
public interface CompressedCycles
{
    /** What the name of a compressed cycle file has at its end, behind the name that it had before. */
    String SUFFIX = ".zst";

    /**
     * Opens one.
     *
     * @param file with a name that ends with {@link #SUFFIX}.
     * @return the bytes that were compressed.
     * @throws IOException when the operating system refuses to read; not for anything that is in the file.
     */
    ByteSource open(Path file) throws IOException;
}
