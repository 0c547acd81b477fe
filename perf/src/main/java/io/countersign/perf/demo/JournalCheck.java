package io.countersign.perf.demo;

import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the journal back with the operator's command and looks for every signature that a bot received.
 */
final class JournalCheck
{
    private static final long TIMEOUT_MS = 60_000;
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");
    private static final Pattern SEAL = Pattern.compile("\"type\":\"Seal\".*\"treeSize\":(\\d+)");
    private static final Pattern SIGNATURE = Pattern.compile("\"signature\":\"([0-9a-f]+)\"");

    private final DemoFiles files;
    private final Map<Long, String> signatureBySequence = new HashMap<>();
    private long records;
    private long seals;
    private long sealedSize;
    private long lastOther;

    JournalCheck(final DemoFiles files)
    {
        this.files = files;
    }

    /** Replays as JSON lines and compares; returns how many signatures were found. */
    int run(final List<String> principals) throws IOException, MeasuringException
    {
        replay(List.of("--json"), this::onRecord);
        int found = 0;
        for (final String principal : principals)
        {
            for (final String line : Files.readAllLines(files.signatures(principal), StandardCharsets.US_ASCII))
            {
                final int space = line.indexOf(' ');
                final long sequence = Long.parseLong(line, 0, space, 10);
                if (!bytesOf(line.substring(space + 1)).equals(signatureBySequence.get(sequence)))
                {
                    throw new MeasuringException("a signature that " + principal + " received is not in the journal: " +
                        "outcome record " + sequence);
                }
                found++;
            }
        }
        return found;
    }

    long records()
    {
        return records;
    }

    long seals()
    {
        return seals;
    }

    /** The last record that is no seal; it must be covered. */
    long lastSealed() throws MeasuringException
    {
        if (sealedSize < lastOther)
        {
            throw new MeasuringException("the last seal covers " + sealedSize + " records, and not record " +
                lastOther);
        }
        return lastOther;
    }

    /** Runs the operator's command on the journal and passes on what it prints. */
    void replay(final List<String> options, final Consumer<String> passOn) throws IOException, MeasuringException
    {
        final List<String> command = new ArrayList<>(List.of(
            files.command("countersign").toString(), "audit", "replay", files.journal().toString()));
        command.addAll(options);
        try (ChildProcess replay = ChildProcess.start("countersign audit replay", files.directory(), command))
        {
            final int exitCode = replay.awaitEnd(TIMEOUT_MS, passOn);
            if (0 != exitCode)
            {
                throw new MeasuringException("countersign audit replay ended with exit code " + exitCode);
            }
        }
    }

    private void onRecord(final String line)
    {
        records++;
        final Matcher seal = SEAL.matcher(line);
        if (seal.find())
        {
            seals++;
            sealedSize = Long.parseLong(seal.group(1));
        }
        else
        {
            lastOther = records;
        }
        final Matcher signature = SIGNATURE.matcher(line);
        final Matcher sequence = SEQUENCE.matcher(line);
        if (signature.find() && sequence.find())
        {
            signatureBySequence.put(Long.parseLong(sequence.group(1)), signature.group(1));
        }
    }

    /** Venue text of a signature, hexadecimal or base64, as lower-case hexadecimal digits. */
    private static String bytesOf(final String text)
    {
        return text.matches("[0-9a-f]{64}") ? text : HexFormat.of().formatHex(Base64.getDecoder().decode(text));
    }
}
