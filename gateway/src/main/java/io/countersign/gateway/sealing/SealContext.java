package io.countersign.gateway.sealing;

import io.countersign.gateway.config.AuditConfig;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.counters.SealCounters;
import io.countersign.gateway.time.ClockError;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.time.KernelClockError;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a seal agent works with.
 */
public final class SealContext
{
    private AuditConfig audit;
    private Path journalDirectory;
    private long lastSequence;
    private LongSupplier journalSequence;
    private SealSigner signer;
    private SealProxy proxy;
    private Queue<GatewayCommand> commands;
    private SealCounters counters;
    private GatewayClock clock;
    private ClockError clockError = KernelClockError.orNone();
    private Consumer<String> notices;

    /**
     * With nothing set yet.
     */
    public SealContext()
    {
    }

    /**
     * Check that nothing is missing.
     *
     * @return this.
     */
    public SealContext conclude()
    {
        Objects.requireNonNull(audit, "audit");
        Objects.requireNonNull(journalDirectory, "journalDirectory");
        Objects.requireNonNull(journalSequence, "journalSequence");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(counters, "counters");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(notices, "notices");
        return this;
    }

    AuditConfig audit()
    {
        return audit;
    }

    /**
     * Set how the journal is sealed.
     *
     * @param audit of the configuration.
     * @return this.
     */
    public SealContext audit(final AuditConfig audit)
    {
        this.audit = audit;
        return this;
    }

    Path journalDirectory()
    {
        return journalDirectory;
    }

    long lastSequence()
    {
        return lastSequence;
    }

    LongSupplier journalSequence()
    {
        return journalSequence;
    }

    /**
     * Set what is sealed.
     *
     * @param directory of the journal.
     * @param last      sequence of the last record that this life found there.
     * @param sequence  gives that of the last record this life has written, 0 before the first; for any thread.
     * @return this.
     */
    public SealContext journal(final Path directory, final long last, final LongSupplier sequence)
    {
        journalDirectory = directory;
        lastSequence = last;
        journalSequence = sequence;
        return this;
    }

    SealSigner signer()
    {
        return signer;
    }

    /**
     * Set what signs.
     *
     * @param signer with the audit key.
     * @return this.
     */
    public SealContext signer(final SealSigner signer)
    {
        this.signer = signer;
        return this;
    }

    SealProxy proxy()
    {
        return proxy;
    }

    Queue<GatewayCommand> commands()
    {
        return commands;
    }

    /**
     * Set the ways to the gateway thread.
     *
     * @param proxy    for the end of a life.
     * @param commands for seals.
     * @return this.
     */
    public SealContext gateway(final SealProxy proxy, final Queue<GatewayCommand> commands)
    {
        this.proxy = proxy;
        this.commands = commands;
        return this;
    }

    SealCounters counters()
    {
        return counters;
    }

    /**
     * Set the counters.
     *
     * @param counters of seals.
     * @return this.
     */
    public SealContext counters(final SealCounters counters)
    {
        this.counters = counters;
        return this;
    }

    GatewayClock clock()
    {
        return clock;
    }

    /**
     * Set the clock that records have their times from.
     *
     * @param clock for any thread.
     * @return this.
     */
    public SealContext clock(final GatewayClock clock)
    {
        this.clock = clock;
        return this;
    }

    ClockError clockError()
    {
        return clockError;
    }

    /**
     * Set what says how wrong the clock may be; the kernel, if it is not set.
     *
     * @param clockError asked once for each seal.
     * @return this.
     */
    public SealContext clockError(final ClockError clockError)
    {
        this.clockError = clockError;
        return this;
    }

    Consumer<String> notices()
    {
        return notices;
    }

    /**
     * Set who is told what people should know.
     *
     * @param notices takes one line at a time.
     * @return this.
     */
    public SealContext notices(final Consumer<String> notices)
    {
        this.notices = notices;
        return this;
    }
}
