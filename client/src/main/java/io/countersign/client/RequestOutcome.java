package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;

/**
 * What became of a request.
 *
 * @param requestId      of the request.
 * @param fate           what became of it; UNKNOWN: not among the latest of this principal.
 * @param reason         why it was refused, NONE otherwise.
 * @param recordSequence of the record in the audit journal, or {@link CountersignClient#NULL_VALUE}.
 */
public record RequestOutcome(long requestId, Fate fate, Reason reason, long recordSequence)
{
}
