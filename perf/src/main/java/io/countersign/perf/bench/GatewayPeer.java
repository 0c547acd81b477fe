package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Load;
import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.peer.Peer;
import io.countersign.perf.peer.PeerException;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.SideBySide;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A gateway and one bot as one of the peers: while others have their round its threads are stopped, so that they have
 * both cores.
 */
final class GatewayPeer implements Peer
{
    static final String NAME = SideBySide.GATEWAY;

    private static final long ROUND_LIMIT_MS = TimeUnit.SECONDS.toMillis(30);

    private final Part part;
    private final BenchKey key;

    GatewayPeer(final Part part, final BenchKey key)
    {
        this.part = part;
        this.key = key;
    }

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public void round(final int count, final Histogram into) throws PeerException
    {
        try
        {
            final Load load = part.bots().run(
                "peer/" + NAME + "/" + key.alias(), Mode.COUNTED, key, 1, count, new Phase(0, ROUND_LIMIT_MS));
            if (load.result().signed() != count)
            {
                throw new PeerException("the gateway signed " + load.result().signed() + " of " + count + " orders");
            }
            into.add(load.histogram());
        }
        catch (final IOException | MeasuringException ex)
        {
            throw new PeerException(ex.getMessage());
        }
    }

    @Override
    public void wake() throws PeerException
    {
        try
        {
            part.gateway().goOn();
        }
        catch (final IOException | MeasuringException ex)
        {
            throw new PeerException(ex.getMessage());
        }
    }

    @Override
    public void rest() throws PeerException
    {
        try
        {
            part.gateway().pause();
        }
        catch (final IOException | MeasuringException ex)
        {
            throw new PeerException(ex.getMessage());
        }
    }

    @Override
    public void close()
    {
        // The gateway goes on.
    }
}
