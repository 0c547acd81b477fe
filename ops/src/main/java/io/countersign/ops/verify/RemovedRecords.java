package io.countersign.ops.verify;

import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * What retention left of the records that it removed: {@code removed.json} beside the cycle files.
 *
 * @param firstSequence of the first record that is still there.
 * @param frontier      of the tree of those before it.
 */
record RemovedRecords(long firstSequence, byte[] frontier)
{
    /** Name of the file. */
    static final String FILE_NAME = "removed.json";

    /** Null when nothing was removed. */
    static RemovedRecords read(final Path directory)
    {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file))
        {
            return null;
        }
        try
        {
            final Object json = new Load(LoadSettings.builder().build()).loadFromString(
                Files.readString(file, StandardCharsets.UTF_8));
            if (json instanceof final Map<?, ?> members && members.get("firstSequence") instanceof final Number first &&
                members.get("frontier") instanceof final String base64)
            {
                final byte[] frontier = Base64.getDecoder().decode(base64);
                if (first.longValue() > 0 && frontier.length == 32 * Long.bitCount(first.longValue() - 1))
                {
                    return new RemovedRecords(first.longValue(), frontier);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be read: " + FileErrors.reason(ex));
        }
        catch (final YamlEngineException | IllegalArgumentException ex)
        {
            // Answered below.
        }
        throw new CommandException(file + " is not {\"firstSequence\":N,\"frontier\":\"BASE64\"} of a tree of N - 1 " +
            "records: restore it from the archive of the journal");
    }
}
