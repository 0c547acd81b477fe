package io.countersign.ops.audit;

import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.StopSignal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * One pass over a journal that writes those of its records that are asked for.
 */
final class Replay
{
    private final ReplayOptions options;
    private final Findings findings;
    private final Progress progress;
    private final Redecider redecider;
    private final KeyVenues venues;
    private final RecordFilter filter;
    private final RecordDecoder decoder = new RecordDecoder();
    private final RecordFacts facts = new RecordFacts();
    private final Span record = new Span();
    private LineOutput output;
    private RecordWriter writer;
    private StopSignal stopSignal;

    Replay(final ReplayOptions options, final Path directory, final PrintWriter err)
    {
        this.options = options;
        findings = new Findings(err);
        progress = new Progress(directory, err, options.isQuiet());
        redecider = options.isRedeciding() ? new Redecider(directory, err) : null;
        venues = new KeyVenues();
        filter = new RecordFilter(options.criteria(), venues);
    }

    /** Go on until it is raised. */
    Replay until(final StopSignal signal)
    {
        stopSignal = signal;
        return this;
    }

    void writeTo(final LineOutput to)
    {
        output = to;
        writer = options.writer(to.buffer(), venues);
        writer.head();
    }

    int exitCode()
    {
        return 0 == findings.exitCode() && null != redecider ? redecider.exitCode() : findings.exitCode();
    }

    void printSummary()
    {
        progress.clear();
        if (!options.isQuiet())
        {
            findings.printSummary();
        }
        if (null != redecider && (!options.isQuiet() || 0 != redecider.exitCode()))
        {
            redecider.printSummary();
        }
    }

    /** Writes what there is; false when nobody reads the output any more. */
    boolean drain(final JournalReader reader) throws IOException
    {
        while (null == stopSignal || !stopSignal.isRaised())
        {
            final JournalReader.Event event = reader.poll();
            if (JournalReader.Event.RECORD == event)
            {
                onRecord(reader);
                if (!output.onLine())
                {
                    return false;
                }
            }
            else if (onOther(event, reader))
            {
                break;
            }
        }
        return output.flush();
    }

    /** Whether there is nothing more to read at present. */
    private boolean onOther(final JournalReader.Event event, final JournalReader reader)
    {
        progress.clear();
        if (null != redecider && (JournalReader.Event.GAP == event || JournalReader.Event.CORRUPT == event))
        {
            redecider.onFault();
        }
        return findings.note(event, reader);
    }

    private void onRecord(final JournalReader reader) throws IOException
    {
        findings.noteRecord(reader.sequence());
        if (null == stopSignal)
        {
            progress.onRecord(reader);
        }
        if (options.needsVenues())
        {
            venues.onRecord(reader.buffer(), reader.offset());
        }
        final Difference difference = null == redecider ? null : redecider.onRecord(reader);
        if (isShown(reader) && (null == redecider || null != difference))
        {
            write(reader, difference);
        }
    }

    private boolean isShown(final JournalReader reader)
    {
        if (filter.isOpen())
        {
            return true;
        }
        decoder.decode(reader.buffer(), reader.offset(), reader.length(), facts);
        return filter.shows(facts);
    }

    private void write(final JournalReader reader, final Difference difference)
    {
        decoder.decode(reader.buffer(), reader.offset(), reader.length(), writer);
        if (options.isRaw())
        {
            writer.raw(
                record.wrap(reader.buffer(), reader.offset(), reader.length()),
                reader.file().getFileName().toString(),
                reader.fileOffset());
        }
        if (null != difference)
        {
            writer.redecided(difference);
        }
        writer.end();
        findings.noteShown();
    }
}
