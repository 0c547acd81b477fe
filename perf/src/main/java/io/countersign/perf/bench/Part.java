package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.processes.MeasuringException;
import org.agrona.IoUtil;

import java.io.IOException;

/**
 * A part of the run with one gateway, connected bots and the hiccup meter beside them.
 */
final class Part implements AutoCloseable
{
    private final BenchFiles files;
    private final String life;
    private final HiccupProbe hiccups;
    private GatewayLife gateway;
    private BotFleet bots;

    /**
     * @param life    names configuration and journal of the gateway.
     * @param hiccups meter that runs meanwhile.
     */
    Part(final BenchFiles files, final String life, final HiccupProbe hiccups)
    {
        this.files = files;
        this.life = life;
        this.hiccups = hiccups;
    }

    void start(final boolean isDumpable) throws IOException, MeasuringException
    {
        gateway = GatewayLife.start(files, life, isDumpable);
        bots = BotFleet.start(files, gateway.aeronDirectory());
        bots.connect();
        hiccups.sleep();
    }

    /** Has the gateway and all bots see every kind of load before anything is measured: the compiler is done then. */
    void warmUp(final Phase phase) throws IOException, MeasuringException
    {
        required(bots).run("warm-up", Mode.CLOSED, BenchKey.HMAC, 1, 1, phase);
        bots.run("warm-up", Mode.CLOSED, BenchKey.HMAC, BenchToken.BOTS, BenchPlan.WINDOW, phase);
    }

    GatewayLife gateway() throws MeasuringException
    {
        return required(gateway);
    }

    BotFleet bots() throws MeasuringException
    {
        return required(bots);
    }

    /** Has the meter spin on all cores while the gateway is stopped. */
    void spin(final long durationMs) throws IOException, MeasuringException
    {
        hiccups.stop();
        required(gateway).pause();
        try
        {
            hiccups.spin(durationMs);
        }
        finally
        {
            gateway.goOn();
        }
        hiccups.sleep();
    }

    /** Ends bots and gateway; the journal is complete then, and stays until {@link #forget}. */
    void stop() throws IOException, MeasuringException
    {
        hiccups.stop();
        required(bots).disconnect();
        bots.close();
        gateway.stop();
    }

    /** Removes the journal, which is large. */
    void forget()
    {
        IoUtil.delete(files.journal(life).toFile(), true);
        IoUtil.delete(files.aeron(life).toFile(), true);
    }

    @Override
    public void close()
    {
        if (null != bots)
        {
            bots.close();
        }
        if (null != gateway)
        {
            gateway.close();
        }
    }

    private <T> T required(final T started) throws MeasuringException
    {
        if (null == started)
        {
            throw new MeasuringException("the gateway of " + files.config(life) + " was not started");
        }
        return started;
    }
}
