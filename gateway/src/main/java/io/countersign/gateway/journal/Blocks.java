package io.countersign.gateway.journal;

import java.nio.file.Path;

/**
 * What the file system is asked about space. Each method returns 0, or the {@code errno} of the call that failed.
 */
interface Blocks
{
    /** Makes an empty file with blocks reserved for its beginning; one that is there goes on as it is. */
    int make(Path file, long length);

    /** Reserves blocks for a range of a file; its length stays as it is. */
    int reserve(Path file, long offset, long length);

    /** Gives the blocks behind an offset back; the length of the file stays as it is. */
    int release(Path file, long offset);

    /** Writes to the directory and waits for the storage device. */
    int probe();

    /** Bytes that this process may still use. */
    long usableBytes();
}
