package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.KeyControl;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.control.KeyUpdate;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.KeyPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.journal.NonceEntry;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.RegisterMark;
import io.countersign.gateway.time.GatewayClock;

/**
 * Puts in force what is done to keys: recorded first, met by the very next request, then answered. For the gateway
 * thread; off the hot path, allocates.
 */
final class KeyDesk implements KeyControl
{
    private final GatewayClock clock;
    private final KeyProxy keyProxy;
    private final KeyTable keys;
    private final TokenDesk tokens;
    private final JournalPublisher journalPublisher;
    private final KeyPublisher keyPublisher;
    private final LifePublisher lifePublisher;
    private final OperatorDesk operators;

    KeyDesk(
        final GatewayContext context,
        final KeyTable keys,
        final TokenDesk tokens,
        final JournalPublisher journalPublisher,
        final LifePublisher lifePublisher,
        final OperatorDesk operators)
    {
        clock = context.clock();
        keyProxy = context.keyProxy();
        this.keys = keys;
        this.tokens = tokens;
        this.journalPublisher = journalPublisher;
        keyPublisher = new KeyPublisher(journalPublisher);
        this.lifePublisher = lifePublisher;
        this.operators = operators;
    }

    @Override
    public void onUpdateKeys(final KeyUpdate update)
    {
        final long nowNs = clock.monotonicNs();
        long sequence = JournalPublisher.NOT_APPENDED;
        boolean isRecorded = true;
        for (final KeyEntry entry : update.entries())
        {
            sequence = keyPublisher.keyChanged(update, entry, entry.line(), nowNs);
            isRecorded &= JournalPublisher.NOT_APPENDED != sequence;
        }
        final long[] signatures = isRecorded ? signatures(update) : new long[0];
        if (isRecorded)
        {
            for (final KeySlot slot : update.slots())
            {
                use(slot, sequence, nowNs);
            }
        }
        keyProxy.tell(new KeyNews.Updated(update, isRecorded, signatures));
        if (null != update.call())
        {
            operators.onEnd(update.call(),
                isRecorded ? Reason.NONE.value() : Reason.JOURNAL_UNAVAILABLE.value(), update.lines());
        }
    }

    @Override
    public void onRegisterSaved(final RegisterMark mark)
    {
        keyPublisher.registerSaved(mark, clock.monotonicNs());
    }

    /** Those of the versions before: the next ones have not signed yet. */
    private long[] signatures(final KeyUpdate update)
    {
        return update.slots().stream().mapToLong((slot) -> keyProxy.signatures(slot.keyIndex())).toArray();
    }

    private void use(final KeySlot slot, final long sequence, final long nowNs)
    {
        tokens.use(slot);
        journalPublisher.useKey(slot.keyIndex(), slot.key().spec());
        final NonceEntry mark = keys.use(slot, sequence);
        if (null != mark)
        {
            lifePublisher.nonceMark(mark, nowNs);
        }
    }
}
