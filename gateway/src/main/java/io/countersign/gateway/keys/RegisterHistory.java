package io.countersign.gateway.keys;

import io.countersign.codecs.journal.CommandGivenDecoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.RegisterSavedDecoder;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.journal.RecentRecords;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyUse;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterFile;
import io.countersign.gateway.register.RegisterMark;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the newest two days of the journal know of the key register: what was done to keys, which file was saved last,
 * and which one-time codes are used up. Read at a start, before the journal is opened for writing.
 */
public final class RegisterHistory implements RecentRecords.Handler
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final KeyChangedDecoder keyChanged = new KeyChangedDecoder();
    private final RegisterSavedDecoder registerSaved = new RegisterSavedDecoder();
    private final CommandGivenDecoder commandGiven = new CommandGivenDecoder();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Long> usedSteps = new HashMap<>();
    private RegisterMark saved;

    /** A key version was changed. */
    private record Change(long generation, long monotonicNs, String alias, int version, String line)
    {
        /** Whether both are of one update: they have the time of one record. */
        boolean isWith(final Change before)
        {
            return generation == before.generation && monotonicNs == before.monotonicNs && alias.equals(before.alias);
        }
    }

    /**
     * With nothing read yet.
     */
    public RegisterHistory()
    {
    }

    /**
     * Read what there is.
     *
     * @param journalDirectory of the journal.
     * @return what it knows.
     */
    public static RegisterHistory read(final Path journalDirectory)
    {
        final RegisterHistory history = new RegisterHistory();
        try
        {
            RecentRecords.read(journalDirectory, Long.MAX_VALUE, history);
            return history;
        }
        catch (final IOException ex)
        {
            throw new JournalException("journal " + journalDirectory +
                " cannot be read: check the disk and the files' owner", ex);
        }
    }

    @Override
    public void onRecord(
        final DirectBuffer buffer, final int offset, final int length, final int templateId, final long sequence)
    {
        switch (templateId)
        {
            case KeyChangedDecoder.TEMPLATE_ID ->
            {
                keyChanged.wrapAndApplyHeader(buffer, offset, header);
                final long generation = keyChanged.generation();
                final long monotonicNs = keyChanged.monotonicNs();
                final int version = keyChanged.keyVersion();
                final String alias = keyChanged.alias();
                keyChanged.skipOperatorName();
                keyChanged.skipComment();
                changes.add(new Change(generation, monotonicNs, alias, version, keyChanged.entry()));
            }
            case RegisterSavedDecoder.TEMPLATE_ID -> onRegisterSaved(buffer, offset);
            case CommandGivenDecoder.TEMPLATE_ID ->
            {
                commandGiven.wrapAndApplyHeader(buffer, offset, header);
                if (CommandGivenDecoder.totpStepNullValue() != commandGiven.totpStep())
                {
                    usedSteps.merge(commandGiven.operatorName(), commandGiven.totpStep(), Math::max);
                }
            }
            default ->
            {
                // Says nothing of keys.
            }
        }
    }

    /** One-time codes up to these steps are used up, by operator. */
    Map<String, Long> usedSteps()
    {
        return usedSteps;
    }

    /** Key versions that were changed after a generation was saved, for people. */
    List<String> changedAfter(final long generation)
    {
        return changes.stream()
            .filter((change) -> change.generation > generation)
            .map((change) -> "key " + change.alias + " version " + change.version)
            .distinct().toList();
    }

    /** Refuses a file that is older than the journal knows. The journal may know less than the token, not more. */
    void check(final RegisterFile file) throws RegisterException
    {
        final RegisterMark mark = file.register().mark();
        if (null == saved || saved.generation() < mark.generation() || saved.equals(mark))
        {
            return;
        }
        final List<String> newer = changedAfter(mark.generation());
        throw new RegisterException(file.path() + ": rolled back: the file is generation " + mark.generation() +
            ", the journal knows " + saved.generation() + (saved.generation() == mark.generation() ?
            " with another digest" : "") + ": restore the latest file" +
            (newer.isEmpty() ? "" : "; changed since: " + String.join(", ", newer)));
    }

    /**
     * Applies what was recorded and never saved: the process ended in between. The file may have some of it already:
     * a save that failed is repeated with what was recorded meanwhile, and so is the first one of a life.
     *
     * @param register as its file says.
     * @return with everything that the journal has.
     * @throws RegisterException when the journal contradicts the register.
     */
    public Register applyTo(final Register register) throws RegisterException
    {
        final List<List<KeyEntry>> updates = updatesAfter(register.generation());
        Register next = register;
        for (final List<KeyEntry> update : updates.subList(savedCount(updates, register), updates.size()))
        {
            final List<KeyEntry> entries = new ArrayList<>();
            for (final KeyEntry entry : update)
            {
                final KeyEntry before = next.key(entry.alias(), entry.version());
                entries.add(null != before && before.use().signatures() > entry.use().signatures() ?
                    entry.withUse(before.use()) : entry);
            }
            next = next.withKeys(entries);
        }
        return next;
    }

    /** What was changed at once must be applied at once: no alias has two active versions in between. */
    private List<List<KeyEntry>> updatesAfter(final long generation) throws RegisterException
    {
        int first = 0;
        for (int i = 0; i < changes.size(); i++)
        {
            // A file has everything that was recorded before something that it has.
            first = changes.get(i).generation <= generation ? i + 1 : first;
        }
        final List<List<KeyEntry>> updates = new ArrayList<>();
        for (int i = first; i < changes.size(); i++)
        {
            if (first == i || !changes.get(i).isWith(changes.get(i - 1)))
            {
                updates.add(new ArrayList<>());
            }
            updates.getLast().add(KeyEntry.ofLine(changes.get(i).line));
        }
        return updates;
    }

    /** How many updates the register shows already: the most after which every key would be as it is there. */
    private static int savedCount(final List<List<KeyEntry>> updates, final Register register)
    {
        int count = updates.size();
        while (count > 0 && !isAfter(updates.subList(0, count), register))
        {
            count--;
        }
        return count;
    }

    private static boolean isAfter(final List<List<KeyEntry>> updates, final Register register)
    {
        final Map<String, KeyEntry> last = new HashMap<>();
        updates.forEach((update) -> update.forEach((entry) -> last.put(entry.toString(), entry)));
        return last.values().stream().allMatch((entry) ->
        {
            final KeyEntry saved = register.key(entry.alias(), entry.version());
            return null != saved && saved.withUse(KeyUse.NONE).line().equals(entry.withUse(KeyUse.NONE).line());
        });
    }

    private void onRegisterSaved(final DirectBuffer buffer, final int offset)
    {
        registerSaved.wrapAndApplyHeader(buffer, offset, header);
        final byte[] digest = new byte[RegisterSavedDecoder.sha256Length()];
        for (int i = 0; i < digest.length; i++)
        {
            digest[i] = (byte) registerSaved.sha256(i);
        }
        saved = new RegisterMark(registerSaved.generation(), HexFormat.of().formatHex(digest));
    }
}
