package io.countersign.ops.audit;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.ops.CommandException;
import io.countersign.ops.venues.JsonReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * What stands in place of the records that were removed from the beginning of a journal: the file {@code removed.json}
 * beside its cycles. With it, the tree is grown on as if they were there.
 * <pre>
 *  {"firstSequence":N,            the first record that is still there, or was when the file was written
 *   "frontier":"BASE64",          of the tree of the first N - 1 records
 *   "removedUntilUtcNs":T,        time of record N - 1
 *   "lastCheckpoint":"TEXT"}      signed note of the newest seal among the records that were removed, or empty
 * </pre>
 *
 * @param firstSequence     above 1.
 * @param frontier          32 bytes for each bit that is set in firstSequence - 1.
 * @param removedUntilUtcNs nanoseconds since 1970.
 * @param lastCheckpoint    with its line feeds.
 */
public record RemovedRecords(long firstSequence, byte[] frontier, long removedUntilUtcNs, String lastCheckpoint)
{
    /** Name of the file. */
    public static final String FILE_NAME = "removed.json";

    /**
     * Read the file of a journal.
     *
     * @param directory of the journal.
     * @return what it says, or null when nothing was removed.
     */
    public static RemovedRecords read(final Path directory)
    {
        final Path file = directory.resolve(FILE_NAME);
        try
        {
            return Files.exists(file) ? parse(Files.readString(file)) : null;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(file + " cannot be used: " + ex.getMessage() + "; take it from a backup");
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be read: " + FileErrors.reason(ex));
        }
    }

    /**
     * Write the file, onto the disk, whole or not at all.
     *
     * @param directory of the journal.
     * @throws IOException when it cannot be written; what was there before stays then.
     */
    public void write(final Path directory) throws IOException
    {
        final Path partial = directory.resolve(FILE_NAME + ".partial");
        Files.deleteIfExists(partial);
        try (FileChannel channel = FileChannel.open(
            partial,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))
        {
            final ByteBuffer bytes = ByteBuffer.wrap(format().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }

            channel.force(true);
        }

        Files.move(
            partial, directory.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }

    private String format()
    {
        return "{\"firstSequence\":" + firstSequence +
            ",\"frontier\":\"" + Base64.getEncoder().encodeToString(frontier) +
            "\",\"removedUntilUtcNs\":" + removedUntilUtcNs +
            ",\"lastCheckpoint\":\"" +
            lastCheckpoint.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}\n";
    }

    private static RemovedRecords parse(final String text)
    {
        if (!(JsonReader.parse(text) instanceof final Map<?, ?> fields))
        {
            throw new IllegalArgumentException("it is no JSON object");
        }

        final RemovedRecords removed = new RemovedRecords(
            Long.parseLong(String.valueOf(fields.get("firstSequence"))),
            Base64.getDecoder().decode(String.valueOf(fields.get("frontier"))),
            Long.parseLong(String.valueOf(fields.get("removedUntilUtcNs"))),
            String.valueOf(fields.get("lastCheckpoint")));
        if (removed.firstSequence <= 1 ||
            removed.frontier.length != Long.bitCount(removed.firstSequence - 1) * TreeHasher.HASH_LENGTH)
        {
            throw new IllegalArgumentException("firstSequence and frontier do not belong together");
        }

        return removed;
    }
}
