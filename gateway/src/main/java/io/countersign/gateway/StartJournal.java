package io.countersign.gateway;

import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.history.HistoryRecovery;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.journal.JournalSpace;
import io.countersign.gateway.journal.JournalSync;
import io.countersign.gateway.journal.StandingOrders;
import io.countersign.gateway.journal.StandingRecovery;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.replay.LedgerRecovery;
import io.countersign.gateway.replay.PolicyBefore;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;


/**
 * The journal at a start: locked, then read for what the lives before have left, then opened.
 */
final class StartJournal implements AutoCloseable
{
    private final GatewayConfig config;
    private final JournalLock lock;
    private JournalRecovery recovery;
    private RequestHistories histories;
    private StandingOrders standing;
    private Ledger ledger;
    private PolicyBefore policyBefore;
    private ChronicleJournal journal;
    private JournalSync sync;

    private StartJournal(final GatewayConfig config, final JournalLock lock)
    {
        this.config = config;
        this.lock = lock;
    }

    static StartJournal lock(final GatewayConfig config)
    {
        return new StartJournal(config, JournalLock.acquire(config.journalDirectory()));
    }

    void recover(final Policy policy)
    {
        recovery = JournalRecovery.run(lock);
        histories = HistoryRecovery.run(config.journalDirectory());
        standing = StandingRecovery.run(lock);
        ledger = new Ledger(policy);
        policyBefore = PolicyBefore.recover(config.journalDirectory(), new LedgerRecovery(policy, ledger));
    }

    /** From here on its {@link #space} is to be run. */
    void open(final ErrorHandler errorHandler)
    {
        journal = new ChronicleJournal(new ChronicleJournal.Context()
            .directory(config.journalDirectory())
            .lock(lock)
            .errorHandler(errorHandler)
            .reserve((long) config.journal().reserveMib() << 20,
                (notice) -> errorHandler.onError(new Notice(notice)))
            .conclude());
        sync = config.journal().isOnDisk() ? new JournalSync(journal) : null;
    }

    RequestHistories histories()
    {
        return histories;
    }

    PolicyBefore policyBefore()
    {
        return policyBefore;
    }

    /** Of the last record that the lives before have left. */
    long lastSequence()
    {
        return recovery.lastSequence();
    }

    JournalSpace space()
    {
        return journal.space();
    }

    /** Null where replies wait for no storage device. */
    JournalSync sync()
    {
        return sync;
    }

    GatewayContext addTo(final GatewayContext context)
    {
        return context.journal(journal).journalSync(sync).recovery(recovery).standing(standing).ledger(ledger);
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(journal);
        lock.close();
    }
}
