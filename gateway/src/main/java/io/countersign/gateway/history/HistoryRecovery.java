package io.countersign.gateway.history;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.Result;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.journal.JournalReader;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads back from the journal what became of the latest requests of each principal. Of the two newest days on which
 * there were requests, however many days without any came after them.
 */
public final class HistoryRecovery
{
    /** Before this version of the journal's schema, ids began anew with each session. */
    private static final int FIRST_VERSION = 3;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final IntentDecoder intent = new IntentDecoder();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final RequestHistories histories = new RequestHistories();
    private final Long2ObjectHashMap<RequestHistory> historyBySession = new Long2ObjectHashMap<>();

    private HistoryRecovery()
    {
    }

    /**
     * Reads the histories. Run it under the journal's lock, before anything is appended.
     *
     * @param directory of the journal.
     * @return what was found, without bytes of replies.
     * @throws JournalException when the journal cannot be read.
     */
    public static RequestHistories run(final Path directory)
    {
        final HistoryRecovery recovery = new HistoryRecovery();
        try (JournalReader reader = JournalReader.ofNewestDays(directory))
        {
            recovery.read(reader);
        }
        catch (final IOException ex)
        {
            throw new JournalException("journal " + directory + " cannot be read (" + ex.getMessage() +
                "): check the disk and the files' owner", ex);
        }
        recovery.histories.interruptAll();
        return recovery.histories;
    }

    /** A fault is the auditor's business: what can be read behind it counts. */
    private void read(final JournalReader reader) throws IOException
    {
        boolean isEnd = false;
        JournalReader.Event event = null;
        while (!isEnd)
        {
            // Behind unreadable bytes at the end, the answer stays the same; amid the journal, a record follows.
            final boolean wasTorn = JournalReader.Event.TORN == event;
            event = reader.poll();
            if (JournalReader.Event.RECORD == event)
            {
                onRecord(reader.buffer(), reader.offset(), reader.sequence());
            }
            isEnd = JournalReader.Event.END == event || JournalReader.Event.INCOMPLETE == event ||
                wasTorn && JournalReader.Event.TORN == event;
        }
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final long sequence)
    {
        header.wrap(buffer, offset);
        if (header.version() < FIRST_VERSION)
        {
            return;
        }
        switch (header.templateId())
        {
            case GatewayStartedDecoder.TEMPLATE_ID -> histories.interruptAll();
            case IntentDecoder.TEMPLATE_ID ->
            {
                intent.wrapAndApplyHeader(buffer, offset, header);
                final RequestHistory known = historyBySession.get(intent.sessionId());
                final RequestHistory history =
                    null == known ? addSession(intent.sessionId(), intent.principal()) : known;
                history.takenUp(intent.requestId(), sequence);
            }
            case OutcomeDecoder.TEMPLATE_ID ->
            {
                outcome.wrapAndApplyHeader(buffer, offset, header);
                final RequestHistory known = historyBySession.get(outcome.sessionId());
                final RequestHistory history =
                    null == known ? addSession(outcome.sessionId(), outcome.principal()) : known;
                if (Result.SIGNED == outcome.result())
                {
                    history.signed(outcome.requestId(), sequence);
                }
                else
                {
                    history.refused(outcome.requestId(), outcome.reason(), sequence);
                }
            }
            case DenialDecoder.TEMPLATE_ID -> onDenial(buffer, offset, sequence);
            default ->
            {
                // Says nothing of a request.
            }
        }
    }

    private void onDenial(final DirectBuffer buffer, final int offset, final long sequence)
    {
        denial.wrapAndApplyHeader(buffer, offset, header);
        if (!RequestHistory.isForgotten(denial.reason()))
        {
            final RequestHistory known = historyBySession.get(denial.sessionId());
            final RequestHistory history =
                null == known ? addSession(denial.sessionId(), denial.principal()) : known;
            history.refused(denial.requestId(), denial.reason(), sequence);
        }
    }

    private RequestHistory addSession(final long sessionId, final String principal)
    {
        final RequestHistory history = histories.of(principal);
        historyBySession.put(sessionId, history);
        return history;
    }
}
